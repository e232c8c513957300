namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>PostgreSQL crashes, and is started again at once: it recovers what was committed.</summary>
internal sealed class RestartDatabase(FaultScene scene) : ClusterFault("PostgreSQL crashes and is started again", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync() => Task.Run(Cluster.Server!.StopAtOnce);

    protected override Task EndAsync() => Task.Run(Cluster.Server!.Start);
}
