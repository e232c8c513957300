namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>
/// What silos know of where grains are is lost while these go on: who asks for one by a silo that has not seen it lately gets a second activation, on a silo
/// that lives as the first one does. They stay side by side until nobody asks for one of them any more.
/// </summary>
internal sealed class Duplicates(FaultScene scene) : ClusterFault("the grain directory is lost, and grains are activated twice", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync()
    {
        foreach (var silo in Cluster.Silos)
        {
            silo.Process.Signal("USR2");
        }
        return Task.CompletedTask;
    }
}
