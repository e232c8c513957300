using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
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

    /// <summary>On whose account its requests go: one more token, or one more key of the same maker, is no other account.</summary>
    public string Account
    {
        get => field ?? AccountOf(Subject, Tenants);
        private init;
    }

    /// <summary>That of an API key. Its requests go on its maker's account; the installation's own key makes those of others.</summary>
    public static Credential Of(OpenedKey opened)
    {
        var (key, maker) = (opened.Key, SubjectId.Parse(opened.Key.CreatedBy));
        return new(key.Subject, key.Tenants)
        {
            NarrowedTo = key.NarrowedTo,
            ExpiresAt = opened.Until,
            Account = AccountOf(maker == ApiKeyId.Admin.Subject || maker == Caller.System("").Principal ? key.Subject : maker, [key.Owner]),
        };
    }

    /// <summary>Whether its bearer has anything to do with a tenant, by what it says of itself.</summary>
    public bool IsOf(TenantId tenant) => Tenants.Contains(tenant) || Tenants.Contains(TenantId.System);

    private static string AccountOf(SubjectId subject, IReadOnlyList<TenantId> tenants) => $"{subject} of {string.Join(',', tenants)}";

    /// <summary>The caller of a request that comes with it.</summary>
    public Caller CallerOf(string requestId) => new(Subject, requestId) { NarrowedTo = NarrowedTo, ReachesSystem = Tenants.Contains(TenantId.System) };
}
