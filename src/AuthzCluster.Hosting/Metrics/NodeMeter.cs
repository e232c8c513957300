using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Hosting.Metrics;

/// <summary>The instruments of the actors and the storage of this process's nodes.</summary>
public static class NodeMeter
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AuthzCluster.Node";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ConcurrentDictionary<object, Func<IEnumerable<KeyValuePair<string, int>>>> Nodes = new();

    private static readonly long[] Evaluations = new long[Enum.GetValues<DecisionReason>().Length];

    static NodeMeter()
    {
        Meter.CreateObservableGauge("authzcluster.actors", Measure, "{actor}", "actors in memory, by kind");
        Meter.CreateObservableCounter("authzcluster.evaluations", MeasureEvaluations, "{evaluation}", "questions decided by this process, whoever asked, by reason");
    }

    internal static Counter<long> Commits { get; } = Meter.CreateCounter<long>("authzcluster.store.commits", "{commit}", "commits to storage, by outcome");

    internal static Histogram<double> CommitDuration { get; } = Meter.CreateHistogram<double>("authzcluster.store.commit.duration", "s", "how long commits to storage took");

    internal static Counter<long> Reads { get; } = Meter.CreateCounter<long>("authzcluster.store.reads", "{read}", "states read from storage");

    /// <summary>Counts a node's actors from now on.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="counts">How many there are of each of <see cref="ActorKinds"/>.</param>
    public static void Add(object node, Func<IEnumerable<KeyValuePair<string, int>>> counts) => Nodes[node] = counts;

    /// <summary>Counts them no more.</summary>
    public static void Remove(object node) => Nodes.TryRemove(node, out _);

    // On the way of every check: no instrument, whose listener would be called.
    internal static void Decided(DecisionReason reason) => Interlocked.Increment(ref Evaluations[(int)reason]);

    private static IEnumerable<Measurement<long>> MeasureEvaluations() => Enum.GetValues<DecisionReason>()
        .Select(reason => new Measurement<long>(Volatile.Read(ref Evaluations[(int)reason]), new KeyValuePair<string, object?>("reason", EnumText.Of(reason))));

    // Of every kind, were there none of it.
    private static IEnumerable<Measurement<int>> Measure()
    {
        var counts = Nodes.Values.SelectMany(node => node()).ToLookup(count => count.Key, count => count.Value);
        return ActorKinds.All.Select(kind => new Measurement<int>(counts[kind].Sum(), new KeyValuePair<string, object?>("kind", kind)));
    }
}
