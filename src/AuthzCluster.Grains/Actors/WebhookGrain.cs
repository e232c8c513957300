using AuthzCluster.Actors.Writers;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of one webhook.</summary>
[GrainType("webhook")]
internal sealed class WebhookGrain(IGrainContext context, SiloNode node)
    : WebhookActor(context.Key().Tenant, context.Key().Webhook, node.Replicas, node.Rights, node.Ports), IWebhookGrain, ICountedGrain
{
    public IGrainContext GrainContext => context;
}
