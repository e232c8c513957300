namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>PostgreSQL stops in its tracks, with its connections open, and goes on.</summary>
internal sealed class PauseDatabase(TimeSpan lasts, FaultScene scene) : ClusterFault($"PostgreSQL hangs for {lasts.TotalSeconds} s", lasts, scene)
{
    protected override Task BeginAsync() => Task.Run(Cluster.Server!.Pause);

    protected override Task EndAsync() => Task.Run(Cluster.Server!.Resume);
}
