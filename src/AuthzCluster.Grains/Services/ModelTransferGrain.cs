using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's imports and exports.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("model-transfer")]
internal sealed class ModelTransferGrain(IGrainContext context, SiloNode node)
    : ModelTransferService(node.Directory, node.Replicas, node.Rights, node.Ports), IModelTransferGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
