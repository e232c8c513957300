namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>A gateway ends without a word, with whatever its callers wait for.</summary>
internal sealed class KillGateway(FaultScene scene) : ClusterFault("kill -9 of a gateway, and another comes", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync()
    {
        var running = Cluster.Gateways.Where(gateway => !gateway.Process.HasExited).ToList();
        return running[Random.Next(running.Count)].Process.KillAsync();
    }
}
