using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// The roles that count for a subject in one question at one instant: those of the assignments that count, and those that
/// they inherit from, through conditional edges while their conditions hold.
/// </summary>
internal sealed class CountingRoles
{
    /// <summary>None.</summary>
    public static readonly CountingRoles None = new();

    private readonly HashSet<CompiledRole> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Each once.</summary>
    public List<CompiledRole> All { get; } = [];

    /// <summary>Finds them.</summary>
    public static CountingRoles Of(BoundGrants bound, AccessRequest request, long now)
    {
        var roles = new CountingRoles();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (grant.CountsAt(now) && !roles._known.Contains(grant.Role) && grant.Assignment.Applies(request, now))
            {
                roles.Add(grant.Role, request, now);
            }
        }
        return roles;
    }

    /// <summary>Whether a role is among them.</summary>
    public bool Contains(RoleId id) => All.Exists(role => role.Definition.Id == id);

    // Chains have at most ten roles, and each role is entered once.
    private void Add(CompiledRole role, AccessRequest request, long now)
    {
        _known.Add(role);
        All.Add(role);
        foreach (var edge in role.Edges)
        {
            if (!_known.Contains(edge.Parent) && (edge.Conditions is null || Truths.All(edge.Conditions, request, now) == Truth.True))
            {
                Add(edge.Parent, request, now);
            }
        }
    }
}
