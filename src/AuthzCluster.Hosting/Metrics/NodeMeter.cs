using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Metrics;

/// <summary>The instruments of the actors and the storage of this process's nodes.</summary>
public static class NodeMeter
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AuthzCluster.Node";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ConcurrentDictionary<object, Func<IEnumerable<KeyValuePair<string, int>>>> Nodes = new();

    static NodeMeter() => Meter.CreateObservableGauge("authzcluster.actors", Measure, "{actor}", "actors in memory, by kind");

    internal static Counter<long> Commits { get; } = Meter.CreateCounter<long>("authzcluster.store.commits", "{commit}", "commits to storage, by outcome");

    internal static Histogram<double> CommitDuration { get; } = Meter.CreateHistogram<double>("authzcluster.store.commit.duration", "s", "how long commits to storage took");

    internal static Counter<long> Reads { get; } = Meter.CreateCounter<long>("authzcluster.store.reads", "{read}", "states read from storage");

    /// <summary>Counts a node's actors from now on.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="counts">How many there are of each kind.</param>
    public static void Add(object node, Func<IEnumerable<KeyValuePair<string, int>>> counts) => Nodes[node] = counts;

    /// <summary>Counts them no more.</summary>
    public static void Remove(object node) => Nodes.TryRemove(node, out _);

    private static IEnumerable<Measurement<int>> Measure() =>
        Nodes.Values.SelectMany(counts => counts()).Select(count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>("kind", count.Key)));
}
