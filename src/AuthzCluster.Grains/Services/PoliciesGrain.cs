using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's policies.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("policies")]
internal sealed class PoliciesGrain(IGrainContext context, SiloNode node)
    : PolicyService(node.Directory, node.Replicas, node.Replicas, node.Ports), IPoliciesGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
