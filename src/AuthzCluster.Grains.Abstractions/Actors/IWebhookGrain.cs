using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of one webhook. Its key is the actor's key in storage.</summary>
[Alias("authz.webhook")]
public interface IWebhookGrain : IWebhookActor, IGrainWithStringKey;
