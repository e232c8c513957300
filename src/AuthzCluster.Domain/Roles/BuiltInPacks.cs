using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>The packs of built-in roles. Their roles and permissions are computed, never stored; ids are <c>role_NAME</c>.</summary>
public static class BuiltInPacks
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<RoleDefinition>> Packs =
        new Dictionary<string, ImmutableArray<RoleDefinition>>
        {
            [StandardPack.Name] = StandardPack.Roles,
            [BusinessPack.Name] = BusinessPack.Roles,
            [KnowledgePack.Name] = KnowledgePack.Roles,
            [ElectionsPack.Name] = ElectionsPack.Roles,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<string, RegisteredPermission> ServiceOnly = ByText(BuiltInPermissions.Service);

    private static readonly ImmutableDictionary<string, RegisteredPermission> WithBusiness =
        ByText(BuiltInPermissions.Service.Concat(BusinessPack.Permissions));

    /// <summary>The names of all packs, in ordinal order.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Packs.Keys];

    /// <summary>
    /// The roles of some packs, in ordinal order of names. A role that two of them name is one role with the
    /// permissions and parents of both and the higher level. A name that is no pack's gives nothing.
    /// </summary>
    public static ImmutableArray<RoleDefinition> RolesOf(ImmutableArray<string> packs)
    {
        var roles = new SortedDictionary<string, RoleDefinition>(StringComparer.Ordinal);
        foreach (var role in packs.Distinct().Where(Packs.ContainsKey).Order(StringComparer.Ordinal).SelectMany(pack => Packs[pack]))
        {
            roles[role.Name] = roles.TryGetValue(role.Name, out var other) ? Merge(other, role) : role;
        }
        return [.. roles.Values];
    }

    /// <summary>The policies of some packs, in ordinal order of ids.</summary>
    public static ImmutableArray<PolicyDefinition> PoliciesOf(ImmutableArray<string> packs) =>
        packs.Contains(BusinessPack.Name) ? BusinessPolicies.All : [];

    /// <summary>The permissions that a tenant with these packs knows besides those that it registered itself, by their texts.</summary>
    internal static ImmutableDictionary<string, RegisteredPermission> PermissionsOf(ImmutableArray<string> packs) =>
        packs.Contains(BusinessPack.Name) ? WithBusiness : ServiceOnly;

    private static ImmutableDictionary<string, RegisteredPermission> ByText(IEnumerable<RegisteredPermission> entries) =>
        entries.ToImmutableDictionary(entry => entry.Permission.ToString(), StringComparer.Ordinal);

    private static RoleDefinition Merge(RoleDefinition a, RoleDefinition b) => a with
    {
        Permissions = [.. a.Permissions.Union(b.Permissions).Order()],
        Parents = [.. a.Parents.Union(b.Parents).OrderBy(edge => edge.Parent.Value, StringComparer.Ordinal)],
        Level = Math.Max(a.Level, b.Level),
    };
}
