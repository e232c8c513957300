using AuthzCluster.Actors.Writers;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of one API key.</summary>
[GrainType("api-key")]
internal sealed class ApiKeyGrain(IGrainContext context, SiloNode node)
    : ApiKeyActor(context.Key().ApiKey, node.Directory, node.Replicas, node.Rights, node.Ports), IApiKeyGrain, ICountedGrain
{
    public IGrainContext GrainContext => context;
}
