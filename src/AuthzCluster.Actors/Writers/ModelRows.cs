using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The index rows that a tenant's model entails. Their cost is that of what changed, not of the model.</summary>
internal static class ModelRows
{
    /// <summary>What to add and to remove when one model follows another, of which only <paramref name="touched"/> custom roles differ.</summary>
    public static (List<IndexRow> Adds, List<IndexRow> Removes) Delta(ActorKey key, TenantModel? before, TenantModel after, IEnumerable<RoleId> touched)
    {
        var (old, now) = (new List<IndexRow>(), new List<IndexRow>());
        if (before is null || !before.Packs.SequenceEqual(after.Packs))
        {
            AddBuiltIn(old, before);
            AddBuiltIn(now, after);
        }
        foreach (var role in touched.Distinct())
        {
            AddCustom(old, before, role);
            AddCustom(now, after, role);
        }
        if (before is null || before.Sweeping != after.Sweeping || !ReferenceEquals(before.Settings, after.Settings) || !ReferenceEquals(before.TeamGrants, after.TeamGrants) || !ReferenceEquals(before.TeamHistory, after.TeamHistory))
        {
            AddTeamGrants(old, key, before);
            AddTeamGrants(now, key, after);
        }
        if (before is null || !ReferenceEquals(before.EntityTypes, after.EntityTypes))
        {
            old.AddRange(before is null ? [] : before.EntityTypes.Select(type => IndexRows.EntityType(before.Id, type)));
            now.AddRange(after.EntityTypes.Select(type => IndexRows.EntityType(after.Id, type)));
        }
        return IndexRows.Delta(old, now);
    }

    private static void AddBuiltIn(List<IndexRow> rows, TenantModel? model) =>
        rows.AddRange(model is null ? [] : BuiltInPacks.RolesOf(model.Packs).Select(role => IndexRows.Assignable(model.Id, role.Id)));

    private static void AddCustom(List<IndexRow> rows, TenantModel? model, RoleId role)
    {
        if (model is not null && model.Roles.TryGetValue(role, out var definition) && !definition.IsDeleting)
        {
            rows.Add(IndexRows.Assignable(model.Id, role));
        }
    }

    private static void AddTeamGrants(List<IndexRow> rows, ActorKey key, TenantModel? model)
    {
        if (model is null)
        {
            return;
        }
        var upkeep = Upkeep.Of(model);
        // Everybody is to be looked at: at once.
        DateTimeOffset? due = model.Sweeping != 0 ? model.CreatedAt : null;
        foreach (var grant in model.TeamGrants.Values.SelectMany(grants => grants))
        {
            rows.Add(IndexRows.AssignmentOf(model.Id, grant.Id, key));
            due = IndexRows.Earlier(due, upkeep.DueOf(grant));
        }
        foreach (var ended in model.TeamHistory.Values.SelectMany(ended => ended))
        {
            rows.Add(IndexRows.AssignmentOf(model.Id, ended.Id, key));
            due = IndexRows.Earlier(due, upkeep.GoneAt(ended));
        }
        if (due is not null)
        {
            rows.Add(IndexRows.Due(key, due));
        }
    }
}
