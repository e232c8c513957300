using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Writers;

/// <summary>A state just read has a text of its own for each mention of a role: hundreds of bytes that a million subjects need not keep.</summary>
internal static class Sharing
{
    /// <summary>The same state, with the catalog's own texts for role ids, and one for each who granted.</summary>
    public static SubjectAssignments With(this SubjectAssignments state, RoleCatalog roles) =>
        state.Live.IsEmpty ? state : state with { Live = Share(state.Live, roles) };

    private static ImmutableArray<Assignment> Share(ImmutableArray<Assignment> assignments, RoleCatalog roles)
    {
        var shared = assignments.ToArray();
        for (var i = 0; i < shared.Length; i++)
        {
            var by = shared[i].GrantedBy;
            shared[i] = shared[i] with
            {
                Role = roles.Find(shared[i].Role)?.Id ?? shared[i].Role,
                GrantedBy = Array.Find(shared, other => other.GrantedBy == by)!.GrantedBy,
            };
        }
        return ImmutableArray.Create(shared);
    }
}
