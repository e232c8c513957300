using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's registries of permissions.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("permissions")]
internal sealed class PermissionsGrain(IGrainContext context, SiloNode node)
    : PermissionService(node.Directory, node.Replicas), IPermissionsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
