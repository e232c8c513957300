namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>All silos and then all gateways are restarted, one after the other, as for a new version.</summary>
internal sealed class RollAll(FaultScene scene) : ClusterFault("all silos and gateways are restarted, one after the other", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync() => Task.CompletedTask;

    protected override async Task EndAsync()
    {
        foreach (var silo in Cluster.Silos.Where(silo => !silo.Process.HasExited).ToList())
        {
            await silo.Process.StopAsync();
            await AddSiloAsync();
        }
        foreach (var gateway in Cluster.Gateways.Where(gateway => !gateway.Process.HasExited).ToList())
        {
            // The new one first: somebody is always there.
            await Cluster.GatewayAsync();
            await gateway.Process.StopAsync();
        }
    }
}
