using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The index rows that a subject's state entails.</summary>
internal static class SubjectRows
{
    /// <summary>What to add and to remove when one state follows another.</summary>
    public static (List<IndexRow> Adds, List<IndexRow> Removes) Delta(TenantId tenant, ActorKey key, SubjectAssignments before, SubjectAssignments after) =>
        IndexRows.Delta(Of(tenant, key, before), Of(tenant, key, after));

    private static List<IndexRow> Of(TenantId tenant, ActorKey key, SubjectAssignments state)
    {
        var rows = new List<IndexRow>(((state.Live.Length + state.History.Length) * 2) + state.Teams.Length + 1);
        var ends = new Dictionary<RoleId, DateTimeOffset?>();
        DateTimeOffset? due = null;
        foreach (var assignment in state.Live)
        {
            rows.Add(IndexRows.AssignmentOf(tenant, assignment.Id, key));
            ends[assignment.Role] = ends.TryGetValue(assignment.Role, out var end) ? Later(end, assignment.ExpiresAt) : assignment.ExpiresAt;
            due = assignment.ExpiresAt is { } expiry && !(due <= expiry) ? expiry : due;
        }
        foreach (var role in state.History.Select(ended => ended.Role).Distinct())
        {
            rows.Add(IndexRows.PastHolder(tenant, role, key));
        }
        foreach (var ended in state.History)
        {
            rows.Add(IndexRows.AssignmentOf(tenant, ended.Id, key));
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
