using System.Collections.Concurrent;
using System.Reflection;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Conformance.Hosting;

/// <summary>A host, or a port of it, that notes which methods are called on behalf of a caller.</summary>
public class NotedCalls : DispatchProxy
{
    private object _inner = null!;
    private ConcurrentDictionary<string, bool> _names = null!;

    /// <summary>The same host, noting.</summary>
    public static IHostFixture Around(IHostFixture host) => (IHostFixture)Around(typeof(IHostFixture), host, new ConcurrentDictionary<string, bool>());

    /// <summary>What was called on a host that notes, in order of the names.</summary>
    public static IReadOnlyList<string> Of(IHostFixture noting) => [.. ((NotedCalls)(object)noting)._names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>All that ports have that writes on behalf of a caller: what answers later, and takes one.</summary>
    public static IReadOnlyList<string> Writes => [.. typeof(IRoles).Assembly.GetTypes()
        .Where(type => type.IsInterface && type.Namespace == typeof(IRoles).Namespace)
        .SelectMany(port => port.GetMethods())
        .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)))
        .Select(NameOf).Order(StringComparer.Ordinal)];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args!.Any(arg => arg is Caller))
        {
            _names[NameOf(targetMethod!)] = true;
        }
        var answer = targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        var type = targetMethod.ReturnType;
        return answer is not null && type.IsInterface && type.Namespace == typeof(IRoles).Namespace ? Around(type, answer, _names) : answer;
    }

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static object Around(Type type, object inner, ConcurrentDictionary<string, bool> names)
    {
        var proxy = Create(type, typeof(NotedCalls));
        ((NotedCalls)proxy)._inner = inner;
        ((NotedCalls)proxy)._names = names;
        return proxy;
    }
}
