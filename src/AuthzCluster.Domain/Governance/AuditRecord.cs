using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Governance;

/// <summary>One link of a tenant's audit log. Immutable; <see cref="Hash"/> is over the stored bytes and the previous hash.</summary>
public sealed record AuditRecord
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>Unique.</summary>
    public required string Id { get; init; }

    /// <summary>When the change was decided.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who did it, as <c>TYPE:ID</c>; <c>system:authz</c> for what time did.</summary>
    public required string Actor { get; init; }

    /// <summary>The request that did it.</summary>
    public string? RequestId { get; init; }

    /// <summary>What was done.</summary>
    public required AuditEntry Entry { get; init; }

    /// <summary>Lower-case hex SHA-256; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Lower-case hex SHA-256.</summary>
    public required string Hash { get; init; }
}
