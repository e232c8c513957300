using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Finality;

/// <summary>The instruments of all nodes of this process; each measurement names its node.</summary>
internal static class FinalityMeter
{
    private static readonly Meter Meter = new(FinalityState.MeterName);
    private static readonly ConcurrentDictionary<FinalityState, bool> Nodes = new();

    static FinalityMeter()
    {
        Meter.CreateObservableGauge("authzcluster.lease.held", () => Nodes.Keys.Select(node => node.Measure(health => health.IsHeld ? 1 : 0)), null, "1 while the node holds its lease, else 0");
        Meter.CreateObservableCounter(
            "authzcluster.evaluations.refused", () => Nodes.Keys.Select(node => node.Measure(health => health.RefusedEvaluations)), "{evaluation}", "evaluations refused for want of a lease");
        Meter.CreateObservableGauge(
            "authzcluster.lease.age", () => Nodes.Keys.Where(node => node.Health.Age is not null).Select(node => node.Measure(health => health.Age?.TotalSeconds ?? 0)), "s",
            "since the latest successful renewal was sent");
    }

    public static Counter<long> LeasesTaken { get; } = Meter.CreateCounter<long>("authzcluster.lease.taken", "{lease}", "leases taken");

    public static Counter<long> FencesSuffered { get; } = Meter.CreateCounter<long>("authzcluster.fence.suffered", "{fence}", "own leases that others fenced");

    public static Counter<long> FencesIssued { get; } = Meter.CreateCounter<long>("authzcluster.fence.issued", "{fence}", "leases of others that were fenced");

    public static Histogram<double> AnnounceDuration { get; } = Meter.CreateHistogram<double>("authzcluster.announce.duration", "s", "from a commit to its confirmation by all nodes");

    public static Counter<long> AnnounceBatches { get; } = Meter.CreateCounter<long>("authzcluster.announce.batches", "{batch}", "batches of announcements");

    public static Counter<long> AnnounceFailures { get; } = Meter.CreateCounter<long>("authzcluster.announce.failures", "{announcement}", "announcements that could not be made sure of");

    public static void Add(FinalityState node) => Nodes[node] = true;

    public static void Remove(FinalityState node) => Nodes.TryRemove(node, out _);
}
