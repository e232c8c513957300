using System.Diagnostics;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting.Processes;

namespace AuthzCluster.Grains.Node;

/// <summary>What a silo does for a caller who sent a trace with the call, so that what it asks of others carries that on.</summary>
internal static class CallActivity
{
    /// <summary>The name that listeners ask for.</summary>
    public const string SourceName = "AuthzCluster.Grains";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Under way until it is disposed. To be begun in the method that does it: it ends with that for everybody else.</summary>
    public static Activity Begin(string name, ActivityContext caller) => RemoteActivity.Begin(Source, name, caller);

    /// <summary>A call, under its caller's trace where there is one.</summary>
    public static Task InvokeAsync(IIncomingGrainCallContext call) => CallTrace.Received is { } caller ? TracedAsync(call, caller) : call.Invoke();

    private static async Task TracedAsync(IIncomingGrainCallContext call, ActivityContext caller)
    {
        using var activity = Begin(call.MethodName, caller);
        await call.Invoke();
    }
}
