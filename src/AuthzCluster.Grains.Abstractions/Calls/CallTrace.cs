using System.Diagnostics;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// The W3C trace context of who calls, which silos get with the call and pass on with theirs. Not by filters of calls, which every check would pay for: here who has no
/// trace pays one look on each side.
/// </summary>
public static class CallTrace
{
    private const string Parent = "authz.traceparent", State = "authz.tracestate";

    /// <summary>What came with the call that is being answered; null: nothing.</summary>
    public static ActivityContext? Received => RequestContext.Get(Parent) is string parent
        && ActivityContext.TryParse(parent, RequestContext.Get(State) as string, isRemote: true, out var context) ? context : null;

    /// <summary>
    /// Sends that of the current activity with the calls that the method makes from here on, if there is one that somebody records, or that belongs to another: many frameworks
    /// make one for each of their requests that nobody ever sees.
    /// </summary>
    internal static void Send()
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity || !(activity.Recorded || activity.ParentSpanId != default))
        {
            return;
        }
        RequestContext.Set(Parent, activity.Id!);
        if (activity.TraceStateString is { Length: > 0 } state)
        {
            RequestContext.Set(State, state);
        }
    }
}
