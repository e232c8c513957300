namespace AuthzCluster.Actors.Ports;

/// <summary>Where webhooks may send, as the operator says.</summary>
public interface IWebhookTargets
{
    /// <summary>Why nothing is sent to an address; null: it is, unless its name turns out to lead where nothing may be sent.</summary>
    string? Problem(Uri url);
}
