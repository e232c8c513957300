namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>
/// What silos know of where grains are is lost while these go on: who asks for one gets a second activation, on a silo that lives as the first one's does.
/// One silo goes on by what it remembers: who asks by that one gets the first. They stay side by side until nobody asks for one of them any more.
/// </summary>
internal sealed class Duplicates(FaultScene scene) : ClusterFault("the grain directory is lost, and grains are activated twice", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync()
    {
        var remembers = AnySilo();
        foreach (var silo in Cluster.Silos)
        {
            silo.Process.Signal(silo == remembers ? "USR2" : "WINCH");
        }
        return Task.CompletedTask;
    }
}
