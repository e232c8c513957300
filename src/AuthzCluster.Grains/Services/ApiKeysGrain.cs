using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's API keys.</summary>
[StatelessWorker, Reentrant, GrainType("api-keys")]
internal sealed class ApiKeysGrain(IGrainContext context, SiloNode node)
    : ApiKeyService(node.Directory, node.Replicas, node.Core.Services.KeyUses, node.Ports), IApiKeysGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
