using System.Collections.Immutable;

namespace AuthzCluster.Domain.Roles;

/// <summary>The pack that every tenant has unless it says otherwise: who administers the tenant, and who looks.</summary>
internal static class StandardPack
{
    public const string Name = "standard";

    public static readonly ImmutableArray<RoleDefinition> Roles =
    [
        BuiltInRole.Of("super_admin", "Super Administrator", 100, null, "*"),
        BuiltInRole.Of("tenant_admin", "Tenant Administrator", 90, null, "authz.*:*"),
        BuiltInRole.Of("user_manager", "User Manager", 70, null,
            "authz.roles:read", "authz.roles:bind", "authz.assignments:*", "authz.teams:*", "authz.requests:*", "authz.evaluate:execute"),
        BuiltInRole.Of("viewer", "Viewer", 10, null, "*:read", "*:list", "authz.evaluate:execute"),
    ];
}
