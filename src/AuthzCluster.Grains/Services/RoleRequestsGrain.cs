using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's requests for roles.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("role-requests")]
internal sealed class RoleRequestsGrain(IGrainContext context, SiloNode node)
    : RoleRequestService(node.Directory, node.Replicas, node.Ports), IRoleRequestsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
