using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// Where a role has a permission from: a certain way before one that hangs on conditions, then the shortest, then the
/// first by the names of the roles.
/// </summary>
/// <param name="From">The role that has it itself.</param>
/// <param name="Path">From the role asked about to <paramref name="From"/>, both included.</param>
/// <param name="IsConditional">Whether an edge on the way has conditions.</param>
internal sealed record Provenance(CompiledRole From, IReadOnlyList<CompiledRole> Path, bool IsConditional)
{
    /// <summary>The source of each permission that a role can give.</summary>
    public static IReadOnlyDictionary<Permission, Provenance> Of(CompiledRole role) => new ProvenanceSearch(_ => true, _ => true).Of(role);

    /// <summary>A role's own permissions, and those it inherits.</summary>
    public static RolePermissions Split(CompiledRole role) => new(role.Definition.Permissions, [.. Ways(Of(role).Where(entry => entry.Value.Path.Count > 1))]);

    /// <summary>What each role gives by way of one, that one first, the others by their ids.</summary>
    public static IEnumerable<RoleWays> Through(CompiledTenant tenant, CompiledRole one)
    {
        var search = new ProvenanceSearch(_ => true, _ => true, one);
        foreach (var role in tenant.Roles.OrderBy(role => role != one).ThenBy(role => role.Definition.Id.Value, StringComparer.Ordinal))
        {
            if (search.Of(role) is { Count: > 0 } found)
            {
                yield return new RoleWays(role.Definition.Id, role.Definition.Name, [.. Ways(found)]);
            }
        }
    }

    /// <summary>Whether this is the better way to the same permission.</summary>
    public bool IsBefore(Provenance other)
    {
        var order = IsConditional.CompareTo(other.IsConditional);
        order = order != 0 ? order : Path.Count.CompareTo(other.Path.Count);
        for (var i = 0; order == 0 && i < Path.Count; i++)
        {
            order = string.CompareOrdinal(Path[i].Definition.Name, other.Path[i].Definition.Name);
        }
        return order < 0;
    }

    private static IEnumerable<InheritedPermission> Ways(IEnumerable<KeyValuePair<Permission, Provenance>> found)
    {
        // Permissions of one source share one way.
        var paths = new Dictionary<Provenance, ImmutableArray<string>>(ReferenceEqualityComparer.Instance);
        return found.OrderBy(entry => entry.Key)
            .Select(entry => new InheritedPermission(entry.Key, entry.Value.From.Definition.Name, entry.Value.IsConditional) { Path = PathOf(entry.Value) });

        ImmutableArray<string> PathOf(Provenance source)
        {
            if (!paths.TryGetValue(source, out var path))
            {
                paths.Add(source, path = [.. source.Path.Select(above => above.Definition.Name)]);
            }
            return path;
        }
    }
}
