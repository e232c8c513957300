using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace AuthzCluster.Api.Waiting;

/// <summary>Any port, its answers waited for so long and no longer; imports and deletions aside, which take what they take.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "the proxy derives from it")]
internal class PatientPort : DispatchProxy
{
    private static readonly string[] LongWork = ["Import", "Delete"];
    private static readonly ConcurrentDictionary<Type, Func<Patience, object, object>> Ways = new();

    private object _port = null!;
    private Patience _patience = null!;

    /// <summary>The port, behind it.</summary>
    public static T Of<T>(T port, Patience patience) where T : class
    {
        var patient = Create<T, PatientPort>();
        ((PatientPort)(object)patient)._port = port;
        ((PatientPort)(object)patient)._patience = patience;
        return patient;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_port, BindingFlags.DoNotWrapExceptions, null, args, null);
        return answer is null || Array.Exists(LongWork, work => targetMethod.Name.StartsWith(work, StringComparison.Ordinal)) || !targetMethod.ReturnType.IsGenericType
            ? answer : Ways.GetOrAdd(targetMethod.ReturnType, WayOf)(_patience, answer);
    }

    private static Func<Patience, object, object> WayOf(Type type)
    {
        var generic = type.GetGenericTypeDefinition();
        var way = generic == typeof(Task<>) ? nameof(WaitTask) : generic == typeof(ValueTask<>) ? nameof(WaitValue) : null;
        return way is null ? (_, answer) => answer
            : typeof(PatientPort).GetMethod(way, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<Patience, object, object>>();
    }

    private static object WaitTask<T>(Patience patience, object answer) => patience.Of((Task<T>)answer);

    private static object WaitValue<T>(Patience patience, object answer) => patience.Of((ValueTask<T>)answer);
}
