using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The shapes of index rows, in one place for who writes and who reads them.</summary>
internal static class IndexRows
{
    public static IndexRow OfTenant(TenantId tenant) => new(IndexNames.Everywhere, IndexNames.Tenants, "", tenant.Value);

    public static IndexRow Assignable(TenantId tenant, RoleId role, string mark) => new(tenant, IndexNames.AssignableRoles, role.Value, mark);

    public static IndexRow ConstrainedTeam(TenantId tenant, string team, string mark) => new(tenant, IndexNames.ConstrainedTeams, team, mark);

    public static IndexRow Holder(TenantId tenant, RoleId role, ActorKey subject, DateTimeOffset? until) =>
        new(tenant, IndexNames.RoleHolders, role.Value, subject.Value, until);

    public static IndexRow PastHolder(TenantId tenant, RoleId role, ActorKey subject) => new(tenant, IndexNames.PastRoleHolders, role.Value, subject.Value);

    public static IndexRow Member(TenantId tenant, string team, ActorKey subject) => new(tenant, IndexNames.TeamMembers, team, subject.Value);

    public static IndexRow AssignmentOf(TenantId tenant, string assignment, ActorKey owner) =>
        new(tenant, IndexNames.Assignments, assignment, owner.Value);

    public static IndexRow Entity(TenantId tenant, EntityId entity) => new(tenant, IndexNames.Entities, entity.Type, entity.Id);

    public static IndexRow EntityType(TenantId tenant, string type) => new(tenant, IndexNames.EntityTypes, type, "");

    public static IndexRow Due(ActorKey key, DateTimeOffset? at) => new(IndexNames.Everywhere, IndexNames.Due, "", key.Value, at);

    public static IndexRow Webhook(TenantId tenant, string webhook) => new(tenant, IndexNames.Webhooks, "", webhook);

    // The latest that was made, while it is there.
    public static IndexRow WebhookTurn(TenantId tenant, string webhook) => new(tenant, IndexNames.Webhooks, IndexNames.WebhookTurn, webhook);

    public static IndexRow ActiveWebhook(ActorKey webhook) => new(IndexNames.Everywhere, IndexNames.ActiveWebhooks, "", webhook.Value);

    public static IndexRow OwnedKey(TenantId tenant, ApiKeyId key) => new(tenant, IndexNames.ApiKeys, IndexNames.OwnedKeys, key.Value);

    public static IndexRow ValidKey(TenantId tenant, ApiKeyId key) => new(tenant, IndexNames.ApiKeys, IndexNames.ValidKeys, key.Value);

    public static IndexRow Request(TenantId tenant, string key, string request) => new(tenant, IndexNames.RoleRequests, key, request);

    /// <summary>The earlier of two instants; null is never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => b is null || a <= b ? a : b;

    /// <summary>What to add and what to remove so that the rows of one state become those of another.</summary>
    public static (List<IndexRow> Adds, List<IndexRow> Removes) Delta(IReadOnlyCollection<IndexRow> before, IReadOnlyCollection<IndexRow> after)
    {
        var old = before.ToDictionary(row => row with { At = null }, row => row.At);
        var adds = new List<IndexRow>();
        foreach (var row in after)
        {
            if (!old.Remove(row with { At = null }, out var at) || at != row.At)
            {
                adds.Add(row);
            }
        }
        return (adds, [.. old.Keys]);
    }
}
