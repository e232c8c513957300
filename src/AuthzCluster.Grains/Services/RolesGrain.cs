using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's roles.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("roles")]
internal sealed class RolesGrain(IGrainContext context, SiloNode node)
    : RoleService(node.Directory, node.Replicas, node.Ports), IRolesGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
