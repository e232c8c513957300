using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>What a token that was found good says: who sends it, and where it is of use.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Tenants">Where it is valid.</param>
public sealed record Credential(SubjectId Subject, IReadOnlyList<TenantId> Tenants)
{
    /// <summary>It does only what these cover too; null: it is not limited.</summary>
    public IReadOnlyList<Permission>? NarrowedTo { get; init; }

    /// <summary>From then on it is worth nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>That of an API key.</summary>
    public static Credential Of(OpenedKey opened) =>
        new(opened.Key.Subject, opened.Key.Tenants) { NarrowedTo = opened.Key.NarrowedTo, ExpiresAt = opened.Until };

    /// <summary>Whether its bearer has anything to do with a tenant, by what it says of itself.</summary>
    public bool IsOf(TenantId tenant) => Tenants.Contains(tenant) || Tenants.Contains(TenantId.System);

    /// <summary>The caller of a request that comes with it.</summary>
    public Caller CallerOf(string requestId) => new(Subject, requestId) { NarrowedTo = NarrowedTo, ReachesSystem = Tenants.Contains(TenantId.System) };
}
