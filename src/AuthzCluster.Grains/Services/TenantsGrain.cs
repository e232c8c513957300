using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's tenants.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("tenants")]
internal sealed class TenantsGrain(IGrainContext context, SiloNode node)
    : TenantService(node.Directory, node.Replicas, node.Eviction, node.Ports), ITenantsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
