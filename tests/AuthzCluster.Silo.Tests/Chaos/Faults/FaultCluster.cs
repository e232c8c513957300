using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>One cluster for all that happens to it: it is whole after each.</summary>
public sealed class FaultCluster : IAsyncLifetime
{
    internal const int Silos = 3;

    internal RunningCluster Cluster { get; private set; } = null!;

    internal FaultScene Scene { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = await RunningCluster.StartOnItsOwnAsync(Silos);
        await Cluster.GatewayAsync();
        Scene = new FaultScene(Cluster, new Random(1));
        await Scene.RestoreAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
