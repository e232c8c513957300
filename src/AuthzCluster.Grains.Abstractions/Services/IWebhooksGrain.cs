using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IWebhooks"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.webhooks")]
public interface IWebhooksGrain : IWebhooks, IGrainWithIntegerKey;
