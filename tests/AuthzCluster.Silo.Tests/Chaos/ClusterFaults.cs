using AuthzCluster.Silo.Tests.Chaos.Faults;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>What goes wrong with a cluster, and what its operators do to it.</summary>
internal static class ClusterFaults
{
    // Longer than any timeout of ours: the lease and its margin, and what silos need to find one of them dead. Shorter than all of them. In between.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(12), Short = TimeSpan.FromSeconds(3), Middle = TimeSpan.FromSeconds(8);

    // Checks of what is in memory must not notice.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50), Slower = TimeSpan.FromMilliseconds(200);

    /// <summary>All that can be done to a cluster as it is now; the pairs among them too. It may be struck when it is whole.</summary>
    public static IReadOnlyList<IClusterFault> All(RunningCluster cluster, Random random)
    {
        var scene = new FaultScene(cluster, random);
        IReadOnlyList<IClusterFault> processes = [
            new PauseSilo(Long, scene), new KillSilo(scene), new StopSilo(scene), new JoinAndLeave(scene), new KillGateway(scene), new PauseSilo(Short, scene), new RollAll(scene)];
        IReadOnlyList<IClusterFault> own = cluster.Server is null ? [] : [
            new LongCollection(scene), new Duplicates(scene), new RestartDatabase(scene), new PauseDatabase(Unnoticed, scene), new PauseDatabase(Middle, scene)];
        IReadOnlyList<IClusterFault> network = cluster.Network is null ? [] : [
            new Partition(ofSilos: true, ofDatabase: false, Long, scene), new Partition(ofSilos: false, ofDatabase: true, Long, scene),
            new Partition(ofSilos: true, ofDatabase: true, Long, scene), new SlowSilo(Slow, Slower, Long, scene)];
        return [.. processes, .. own, .. network];
    }

    /// <summary>What is not among them here, for whoever reports; null: nothing.</summary>
    public static string? LeftOut(RunningCluster cluster) => (cluster.Server, cluster.Network) switch
    {
        (null, _) => "LEFT OUT: faults of PostgreSQL, of the network and inside silos, since this cluster is not on its own (RunningCluster.StartOnItsOwnAsync).",
        (_, null) => $"LEFT OUT: partitions and slow lines, since {ClusterNetwork.Missing}.",
        _ => null,
    };
}
