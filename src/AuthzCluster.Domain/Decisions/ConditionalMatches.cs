using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// What of a role with conditional edges above it covers one question now. Each role above is visited once, whatever
/// the number of paths to it, and each edge's conditions are evaluated at most once.
/// </summary>
internal sealed class ConditionalMatches(AccessRequest request, long now, PermissionTable table)
{
    private readonly Dictionary<CompiledRole, HashSet<Permission>> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The permissions of the role that cover the question and hold now; scopes unweighed.</summary>
    public HashSet<Permission> Of(CompiledRole role)
    {
        if (_known.TryGetValue(role, out var known))
        {
            return known;
        }
        var keys = table.Resolve(request.Permission, stackalloc int[table.RoomFor(request.Permission)]);
        var found = new HashSet<Permission>();
        foreach (var permission in role.HasConditions ? role.Own.Match(keys) : role.Certain.Match(keys))
        {
            found.Add(permission);
        }
        foreach (var edge in role.HasConditions ? role.Edges : [])
        {
            if (edge.Parent.Possible.Match(keys).MoveNext() && Holds(edge))
            {
                found.UnionWith(Of(edge.Parent).Where(edge.Passes));
            }
        }
        _known.Add(role, found);
        return found;
    }

    private bool Holds(CompiledEdge edge) => edge.Conditions is null || Truths.All(edge.Conditions, request, now) == Truth.True;
}
