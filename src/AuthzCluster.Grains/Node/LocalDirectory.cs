using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// Where the grains are that each silo has of its own: here, without a look. In the usual directory the first call of such a grain would ask whichever
/// silo has the part of it, and wait for that where it hangs or is gone: then none of them could stand in for it.
/// </summary>
internal sealed class LocalDirectory : IGrainDirectory
{
    /// <summary>Its name.</summary>
    public const string Name = "authz.local";

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
