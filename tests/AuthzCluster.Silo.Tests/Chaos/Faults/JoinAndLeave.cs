namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>A silo joins those that are there, and then the eldest leaves, which has had the most to itself.</summary>
internal sealed class JoinAndLeave(FaultScene scene) : ClusterFault("a silo joins, and the eldest leaves", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync() => Task.CompletedTask;

    protected override async Task EndAsync()
    {
        await AddSiloAsync();
        await Cluster.Silos.First(silo => !silo.Process.HasExited).Process.StopAsync();
    }
}
