using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Administration;

/// <summary>
/// All that roles can come to give: whatever conditions of edges come to, and as if every role on the way were active,
/// since whoever switches one on later gives nothing that was not judged here. What policies attached to them give is among it, and
/// what those of the tenant give that name them: these come with the role, and with each that inherits from it, whatever its edge lets through.
/// </summary>
/// <param name="model">The model that they are of.</param>
internal sealed class RolePotential(TenantModel model)
{
    // The editors keep chains to ten roles; a model from elsewhere must not take the stack down.
    private const int DeepestChain = 64;

    private readonly Dictionary<RoleId, IReadOnlyCollection<Permission>> _known = [];
    private readonly Lazy<GivingPolicies> _giving = new(() => new GivingPolicies(model));

    public IReadOnlyCollection<Permission> Of(RoleDefinition role)
    {
        HashSet<Permission>? ofPolicies = null;
        var (open, seen) = (new Queue<RoleDefinition>([role]), new HashSet<RoleId> { role.Id });
        while (open.TryDequeue(out var next))
        {
            foreach (var policy in next.Policies)
            {
                (ofPolicies ??= []).UnionWith(policy.GrantPermissions);
            }
            foreach (var policy in _giving.Value.To(CompiledRole.PrincipalType + next.Name))
            {
                (ofPolicies ??= []).UnionWith(policy.GrantPermissions);
            }
            foreach (var edge in next.Parents)
            {
                if (edge.Type != InheritanceType.None && seen.Add(edge.Parent) && model.Catalog.Find(edge.Parent) is { } parent)
                {
                    open.Enqueue(parent);
                }
            }
        }
        return ofPolicies is null ? OfRole(role) : [.. OfRole(role).Union(ofPolicies)];
    }

    private IReadOnlyCollection<Permission> OfRole(RoleDefinition role, int depth = 0)
    {
        if (_known.TryGetValue(role.Id, out var known))
        {
            return known;
        }
        var edges = role.Parents.Where(edge => edge.Type != InheritanceType.None);
        IReadOnlyCollection<Permission> all = role.Permissions;
        if (edges.Any() && depth < DeepestChain)
        {
            var gathered = new HashSet<Permission>(role.Permissions);
            foreach (var edge in edges)
            {
                gathered.UnionWith(model.Catalog.Find(edge.Parent) is { } parent ? Passing(edge, OfRole(parent, depth + 1)) : []);
            }
            all = gathered;
        }
        _known.Add(role.Id, all);
        return all;
    }

    private static IEnumerable<Permission> Passing(ParentEdge edge, IReadOnlyCollection<Permission> permissions) =>
        edge.Type == InheritanceType.Partial ? permissions.Where(permission => edge.Patterns.Any(pattern => pattern.Covers(permission))) : permissions;
}
