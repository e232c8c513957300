namespace AuthzCluster.Actors.Ports;

/// <summary>Sends events to outside receivers.</summary>
public interface IWebhookSender
{
    /// <summary>Sends one. Null: the receiver has taken it; else why not, in words that may be told to who administers the webhook.</summary>
    Task<string?> SendAsync(WebhookMessage message, CancellationToken stop);
}
