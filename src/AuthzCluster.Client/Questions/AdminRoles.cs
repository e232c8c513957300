namespace AuthzCluster.Client;

/// <summary>The built-in roles of the packs that administer everything of theirs; by id, which a custom role has only if somebody chose it.</summary>
internal static class AdminRoles
{
    public static IReadOnlyList<string> Ids { get; } = ["role_super_admin", "role_tenant_admin", "role_admin", "role_Admin", "role_super-admin"];
}
