using System.Runtime.CompilerServices;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// The actions that a tenant knows for each type of resource: those that its registry, its roles' permissions and what policies grant name, for the type
/// itself or for a pattern over it. Immutable; made once for each compilation of a model, when it is first asked for.
/// </summary>
public sealed class ActionNames
{
    private static readonly ConditionalWeakTable<CompiledTenant, ActionNames> Made = [];

    private readonly Dictionary<string, string[]> _exact;
    private readonly Permission[] _patterns;

    private ActionNames(CompiledTenant tenant)
    {
        var named = Named(tenant).Where(permission => permission.Action != Permission.Wildcard)
            .Select(permission => permission with { Scope = PermissionScope.Any }).ToHashSet();
        _exact = named.Where(permission => !IsPattern(permission)).GroupBy(permission => permission.Resource, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(permission => permission.Action).ToArray(), StringComparer.Ordinal);
        _patterns = [.. named.Where(IsPattern)];
    }

    /// <summary>Those of a type of resource, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(CompiledTenant tenant, string resourceType)
    {
        var names = Made.GetValue(tenant, static key => new ActionNames(key));
        var actions = new SortedSet<string>(names._exact.GetValueOrDefault(resourceType, []), StringComparer.Ordinal);
        actions.UnionWith(names._patterns.Where(pattern => pattern.CoversResource(resourceType)).Select(pattern => pattern.Action));
        return [.. actions];
    }

    private static IEnumerable<Permission> Named(CompiledTenant tenant) =>
        tenant.Model.Registry.All.Select(entry => entry.Permission)
            .Concat(tenant.Roles.SelectMany(role => role.Definition.Permissions))
            .Concat((tenant.Policies?.Ordered ?? []).SelectMany(policy => policy.Definition.GrantPermissions));

    private static bool IsPattern(Permission permission) => permission.Resource.EndsWith('*');
}
