using System.Diagnostics;

namespace AuthzCluster.Hosting.Processes;

/// <summary>What a process does for a caller who sent a trace with it: an activity, whether or not somebody in the process listens.</summary>
public static class RemoteActivity
{
    /// <summary>One that is under way, beneath the caller's.</summary>
    /// <param name="source">Whose listeners may want it.</param>
    /// <param name="name">What is done.</param>
    /// <param name="parent">The caller's.</param>
    public static Activity Begin(ActivitySource source, string name, ActivityContext parent)
    {
        if (source.StartActivity(name, ActivityKind.Server, parent) is { } heard)
        {
            return heard;
        }
        var activity = new Activity(name) { TraceStateString = parent.TraceState };
        activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.Start();
    }
}
