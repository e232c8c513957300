using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Entities;

/// <summary>A decided change of an entity, to be committed.</summary>
/// <param name="State">The entity as it is to be.</param>
/// <param name="Audit">What the audit log is to say of it; null: everything was so already, nothing is to be committed.</param>
public sealed record EntityChange(StoredEntity State, AuditEntry? Audit)
{
    /// <summary>Whether it was made rather than changed.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether everything was so already: <see cref="State"/> is the one that was given.</summary>
    public bool IsNoOp => Audit is null;
}
