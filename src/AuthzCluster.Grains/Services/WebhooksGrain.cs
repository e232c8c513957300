using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's webhooks.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("webhooks")]
internal sealed class WebhooksGrain(IGrainContext context, SiloNode node)
    : WebhookService(node.Directory, node.Replicas, node.Ports), IWebhooksGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
