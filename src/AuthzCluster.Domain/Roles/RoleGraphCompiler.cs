using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>Compiles roles, parents before children, each once.</summary>
/// <param name="definitions">All roles of the tenant.</param>
/// <param name="compiled">Those that are compiled already; the rest is added here.</param>
/// <param name="table">A table with all permissions of the rest.</param>
/// <param name="custom">The host's conditions.</param>
internal sealed class RoleGraphCompiler(
    Func<RoleId, RoleDefinition?> definitions, Dictionary<RoleId, CompiledRole> compiled, PermissionTable table, CustomConditions custom)
{
    // The editors keep chains to ten roles; a model from elsewhere must not take the stack down.
    private const int DeepestChain = 64;

    private readonly PermissionSetPool _pool = new();

    /// <summary>The compiled role; null where there is none of that id.</summary>
    public CompiledRole? Compile(RoleId id, int depth = 0)
    {
        if (compiled.TryGetValue(id, out var known))
        {
            return known;
        }
        if (definitions(id) is not { } definition)
        {
            return null;
        }
        if (depth > DeepestChain)
        {
            throw new InvalidOperationException($"role `{id}` is in a cycle or a chain of more than {DeepestChain} roles");
        }
        var role = new CompiledRole(definition, Edges(definition, depth), table, _pool);
        compiled.Add(id, role);
        return role;
    }

    private CompiledEdge[] Edges(RoleDefinition definition, int depth)
    {
        var edges = new List<CompiledEdge>(definition.Parents.Length);
        foreach (var edge in definition.Parents)
        {
            if (edge.Type != InheritanceType.None && Compile(edge.Parent, depth + 1) is { } parent && CompiledRole.Gives(parent.Definition))
            {
                edges.Add(new CompiledEdge(edge, parent, custom));
            }
        }
        return [.. edges];
    }
}
