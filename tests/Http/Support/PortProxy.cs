using System.Reflection;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>A port that a test can make fail: it is asked before each call, and the real port answers where it says nothing.</summary>
public class PortProxy<T> : DispatchProxy where T : class
{
    private T? _inner;
    private Func<string, object?[], object?>? _answer;

    /// <summary>Over a real port; <paramref name="answer"/> gets the method's name and arguments, and answers, throws, or returns null.</summary>
    public static T Over(T inner, Func<string, object?[], object?> answer)
    {
        var port = Create<T, PortProxy<T>>();
        var proxy = (PortProxy<T>)(object)port;
        (proxy._inner, proxy._answer) = (inner, answer);
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answer!(targetMethod!.Name, args ?? []) ?? targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
}
