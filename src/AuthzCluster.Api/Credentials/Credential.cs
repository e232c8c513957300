using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>What a token that was found good says: who sends it, and where it is of use.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Tenants">Where it is valid.</param>
public sealed record Credential(SubjectId Subject, IReadOnlyList<TenantId> Tenants)
{
    /// <summary>It does only what these cover too; null: it is not limited.</summary>
    public IReadOnlyList<Permission>? NarrowedTo { get; init; }

    /// <summary>From then on it is worth nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
