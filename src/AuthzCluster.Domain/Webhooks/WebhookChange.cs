using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Webhooks;

/// <summary>A decided change of a webhook by a caller, to be committed.</summary>
/// <param name="State">As it is to be.</param>
/// <param name="Audit">What the audit log is to say of it; null: everything was so already, nothing is to be committed.</param>
public sealed record WebhookChange(WebhookState State, AuditEntry? Audit);
