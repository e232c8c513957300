using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Views;

/// <summary>A webhook with its secret, as it is told once.</summary>
/// <param name="Hook">The webhook.</param>
/// <param name="Secret"><c>whsec_</c> and the base64 of the key that its messages are signed with.</param>
public sealed record IssuedWebhook(Webhook Hook, string Secret);
