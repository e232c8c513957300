using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's stored entities.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("entities")]
internal sealed class EntitiesGrain(IGrainContext context, SiloNode node)
    : EntityService(node.Directory, node.Replicas, node.Replicas, node.Ports), IEntitiesGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
