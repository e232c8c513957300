using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>
/// Finds patterns of partial edges that let nothing through: saving them is allowed, but worth a word. Roles that are
/// switched off count here as if they were on, and conditions as if they held.
/// </summary>
internal sealed class PartialPatterns(Func<RoleId, RoleDefinition?> find)
{
    private readonly Dictionary<RoleId, IReadOnlyCollection<Permission>> _effective = [];

    /// <summary>Adds a warning for each such pattern of a role.</summary>
    public void Warn(RoleDefinition role, string prefix, ICollection<string> warnings)
    {
        foreach (var edge in role.Parents)
        {
            foreach (var pattern in edge.Patterns)
            {
                if (!EffectiveOf(edge.Parent).Any(pattern.Covers))
                {
                    warnings.Add($"{prefix}parents: `{pattern}` lets nothing of `{find(edge.Parent)?.Name}` through");
                }
            }
        }
    }

    private IReadOnlyCollection<Permission> EffectiveOf(RoleId id)
    {
        if (_effective.TryGetValue(id, out var known))
        {
            return known;
        }
        if (find(id) is not { } role)
        {
            return [];
        }
        IReadOnlyCollection<Permission> effective = role.Permissions;
        if (role.Parents.Length > 0)
        {
            var all = new HashSet<Permission>(role.Permissions);
            foreach (var edge in role.Parents.Where(edge => edge.Type != InheritanceType.None))
            {
                all.UnionWith(edge.Type == InheritanceType.Partial
                    ? EffectiveOf(edge.Parent).Where(permission => edge.Patterns.Any(pattern => pattern.Covers(permission)))
                    : EffectiveOf(edge.Parent));
            }
            effective = all;
        }
        _effective.Add(id, effective);
        return effective;
    }
}
