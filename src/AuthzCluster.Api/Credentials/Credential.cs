using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>What a caller's credential says.</summary>
/// <param name="Subject">Who calls.</param>
public sealed record Credential(SubjectId Subject)
{
    /// <summary>Where it is valid.</summary>
    public IReadOnlyList<TenantId> Tenants { get; init; } = [];

    /// <summary>It does only what these cover too; null: no limit.</summary>
    public IReadOnlyList<Permission>? NarrowedTo { get; init; }

    /// <summary>From when on it is worth nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
