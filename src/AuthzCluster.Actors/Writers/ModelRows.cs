using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The index rows that a tenant's model entails. Their cost is that of what changed, not of the model.</summary>
internal static class ModelRows
{
    // Of most looks at holders: until then nobody asks after them.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    /// <summary>What to add and to remove when one model follows another, of which only <paramref name="touched"/> custom roles differ.</summary>
    public static (List<IndexRow> Adds, List<IndexRow> Removes) Delta(ActorKey key, TenantModel? before, TenantModel after, IEnumerable<RoleId> touched)
    {
        var (old, now) = (new List<IndexRow>(), new List<IndexRow>());
        var roles = touched.ToHashSet();
        if (before is null || !before.Packs.SequenceEqual(after.Packs))
        {
            roles.UnionWith(BuiltInPacks.RolesOf(before?.Packs ?? []).Concat(BuiltInPacks.RolesOf(after.Packs)).Select(role => role.Id));
        }
        roles.UnionWith(SeparationMarks.RolesOf(before));
        roles.UnionWith(SeparationMarks.RolesOf(after));
        foreach (var role in roles)
        {
            AddRole(old, before, role);
            AddRole(now, after, role);
        }
        old.AddRange(TeamMarks(before));
        now.AddRange(TeamMarks(after));
        if (before is null || before.Sweeping != after.Sweeping || !ReferenceEquals(before.Settings, after.Settings)
            || !ReferenceEquals(before.TeamGrants, after.TeamGrants) || !ReferenceEquals(before.TeamHistory, after.TeamHistory)
            || before.Checking is null != after.Checking is null)
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

    private static void AddRole(List<IndexRow> rows, TenantModel? model, RoleId role)
    {
        if (model?.Catalog.Find(role) is { IsDeleting: false })
        {
            rows.Add(IndexRows.Assignable(model.Id, role, SeparationMarks.Of(model, role)));
        }
    }

    private static IEnumerable<IndexRow> TeamMarks(TenantModel? model) =>
        SeparationMarks.TeamsOf(model).Select(team => IndexRows.ConstrainedTeam(model!.Id, team, SeparationMarks.Of(model, team)!));

    private static void AddTeamGrants(List<IndexRow> rows, ActorKey key, TenantModel? model)
    {
        if (model is null)
        {
            return;
        }
        var upkeep = Upkeep.Of(model);
        // Everybody is to be looked at: at once. A look at holders that was cut off is taken back; one that goes on is at its end when its writer comes to this.
        var due = model.Sweeping != 0 ? model.CreatedAt : model.Checking?.Since + LongestLook;
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
