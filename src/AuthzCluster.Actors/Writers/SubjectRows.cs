using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The index rows that a subject's state entails.</summary>
internal static class SubjectRows
{
    /// <summary>
    /// What to add and to remove when one state follows another. The row that says when something is due may have been written by other settings than
    /// <paramref name="upkeep"/>: with <paramref name="anew"/> it is written, or removed, whatever it was.
    /// </summary>
    public static (List<IndexRow> Adds, List<IndexRow> Removes) Delta(
        TenantId tenant, ActorKey key, SubjectAssignments before, SubjectAssignments after, Upkeep upkeep = default, bool anew = false)
    {
        var (old, now) = (Of(tenant, key, before, upkeep), Of(tenant, key, after, upkeep));
        if (anew)
        {
            old.RemoveAll(row => row.Index == IndexNames.Due);
        }
        var (adds, removes) = IndexRows.Delta(old, now);
        if (anew && !now.Exists(row => row.Index == IndexNames.Due))
        {
            removes.Add(IndexRows.Due(key, null));
        }
        return (adds, removes);
    }

    private static List<IndexRow> Of(TenantId tenant, ActorKey key, SubjectAssignments state, Upkeep upkeep)
    {
        var rows = new List<IndexRow>(((state.Live.Length + state.History.Length) * 2) + state.Teams.Length + 1);
        var ends = new Dictionary<RoleId, DateTimeOffset?>();
        DateTimeOffset? due = null;
        foreach (var assignment in state.Live)
        {
            rows.Add(IndexRows.AssignmentOf(tenant, assignment.Id, key));
            ends[assignment.Role] = ends.TryGetValue(assignment.Role, out var end) ? Later(end, assignment.ExpiresAt) : assignment.ExpiresAt;
            due = IndexRows.Earlier(due, upkeep.DueOf(assignment));
        }
        foreach (var role in state.History.Select(ended => ended.Role).Distinct())
        {
            rows.Add(IndexRows.PastHolder(tenant, role, key));
        }
        foreach (var ended in state.History)
        {
            rows.Add(IndexRows.AssignmentOf(tenant, ended.Id, key));
            due = IndexRows.Earlier(due, upkeep.GoneAt(ended));
        }
        foreach (var (role, end) in ends)
        {
            rows.Add(IndexRows.Holder(tenant, role, key, end));
        }
        foreach (var team in state.Teams)
        {
            rows.Add(IndexRows.Member(tenant, team, key));
        }
        if (due is not null)
        {
            rows.Add(IndexRows.Due(key, due));
        }
        return rows;
    }

    // Null is never, and later than everything.
    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b is null ? null : a > b ? a : b;
}
