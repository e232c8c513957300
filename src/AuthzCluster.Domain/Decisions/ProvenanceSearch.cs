using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Finds where roles have permissions from; each role above is visited once.</summary>
/// <param name="isUsable">Which edges may be taken.</param>
/// <param name="isWanted">Which permissions are looked for.</param>
/// <param name="through">The role through which every way must lead; null: any.</param>
internal sealed class ProvenanceSearch(Func<CompiledEdge, bool> isUsable, Func<Permission, bool> isWanted, CompiledRole? through = null)
{
    private readonly ProvenanceSearch? _beyond = through is null ? null : new ProvenanceSearch(isUsable, isWanted);
    private readonly Dictionary<CompiledRole, Dictionary<Permission, Provenance>> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The source of each wanted permission that the role can give.</summary>
    public IReadOnlyDictionary<Permission, Provenance> Of(CompiledRole role)
    {
        if (_known.TryGetValue(role, out var found))
        {
            return found;
        }
        if (ReferenceEquals(role, through))
        {
            return _beyond!.Of(role);
        }
        var own = new Provenance(role, [role], IsConditional: false);
        found = [];
        foreach (var (_, permission) in role.Own)
        {
            if (through is null && isWanted(permission))
            {
                found.Add(permission, own);
            }
        }
        foreach (var edge in role.Edges.Where(isUsable))
        {
            AddInherited(found, role, edge);
        }
        _known.Add(role, found);
        return found;
    }

    private void AddInherited(Dictionary<Permission, Provenance> found, CompiledRole role, CompiledEdge edge)
    {
        // Permissions of one source share one path, so that a parent with thousands costs a handful of objects.
        var extended = new Dictionary<Provenance, Provenance>(ReferenceEqualityComparer.Instance);
        foreach (var (permission, above) in Of(edge.Parent))
        {
            if (!edge.Passes(permission))
            {
                continue;
            }
            if (!extended.TryGetValue(above, out var way))
            {
                way = new Provenance(above.From, [role, .. above.Path], above.IsConditional || edge.Conditions is not null);
                extended.Add(above, way);
            }
            if (!found.TryGetValue(permission, out var best) || way.IsBefore(best))
            {
                found[permission] = way;
            }
        }
    }
}
