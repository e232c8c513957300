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

    // Most subjects have few: those are sought in the list.
    private const int Few = 16;

    private HashSet<CompiledRole>? _many;

    /// <summary>Each once.</summary>
    public List<CompiledRole> All { get; } = [];

    /// <summary>Finds them.</summary>
    public static CountingRoles Of(BoundGrants bound, AccessRequest request, long now)
    {
        var roles = new CountingRoles();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (grant.CountsAt(now) && !roles.Knows(grant.Role) && grant.Assignment.Applies(request, now))
            {
                roles.Add(grant.Role, request, now);
            }
        }
        return roles;
    }

    /// <summary>Whether a role is among them.</summary>
    public bool Contains(RoleId id) => All.Exists(role => role.Definition.Id == id);

    private bool Knows(CompiledRole role) => _many is { } many ? many.Contains(role) : All.Contains(role);

    // Chains have at most ten roles, and each role is entered once.
    private void Add(CompiledRole role, AccessRequest request, long now)
    {
        All.Add(role);
        if (All.Count > Few)
        {
            (_many ??= new(All, ReferenceEqualityComparer.Instance)).Add(role);
        }
        foreach (var edge in role.Edges)
        {
            if (!Knows(edge.Parent) && (edge.Conditions is null || Truths.All(edge.Conditions, request, now) == Truth.True))
            {
                Add(edge.Parent, request, now);
            }
        }
    }
}
