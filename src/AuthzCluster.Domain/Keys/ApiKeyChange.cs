using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Keys;

/// <summary>What an edit of a key decided.</summary>
/// <param name="State">What is to be stored.</param>
/// <param name="Audit">What the log of the key's owner is told; null: nothing.</param>
public sealed record ApiKeyChange(ApiKeyState State, AuditEntry? Audit);
