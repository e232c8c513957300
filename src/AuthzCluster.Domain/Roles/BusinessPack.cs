using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>The pack of a business that keeps customers, invoices and projects.</summary>
internal static class BusinessPack
{
    public const string Name = "business";

    public static readonly ImmutableArray<RoleDefinition> Roles =
    [
        BuiltInRole.Of("super_admin", "Super Administrator", 100, "admin", "*"),
        BuiltInRole.Of("admin", "Administrator", 90, "manager",
            "users:*", "customers:*", "invoices:*", "projects:*", "reports:*", "settings:read", "settings:update", "audit:read"),
        BuiltInRole.Of("manager", "Manager", 50, "read_only",
            "customers:read", "customers:create", "customers:update", "invoices:*", "projects:*", "reports:read", "reports:create"),
        BuiltInRole.Of("accountant", "Accountant", 50, "read_only",
            "invoices:*", "payments:*", "expenses:*", "reports:read", "reports:create", "customers:read", "projects:read", "transactions:*"),
        BuiltInRole.Of("project_manager", "Project Manager", 50, "read_only",
            "projects:*", "tasks:*", "customers:read", "invoices:read", "invoices:create", "reports:read"),
        BuiltInRole.Of("client", "Client", 20, null,
            "invoices:read:own", "projects:read:own", "payments:create:own", "documents:read:own", "profile:*"),
        BuiltInRole.Of("supplier", "Supplier", 20, null,
            "invoices:read:own", "invoices:create:own", "payments:read:own", "documents:read:own", "profile:*"),
        BuiltInRole.Of("read_only", "Read Only", 10, null, "customers:read", "invoices:read", "projects:read", "reports:read"),
        BuiltInRole.Of("guest", "Guest", 0, null, "public:read"),
    ];

    /// <summary>Its registry of permissions.</summary>
    public static readonly ImmutableArray<RegisteredPermission> Permissions = BuiltInPermissions.Read("""
        users|create read update delete list
        customers|create read update delete list export
        suppliers|create read update delete list
        invoices|create read update delete list export approve|own team customer
        projects|create read update delete list export|own team customer
        tasks|create read update delete list
        payments|create read update delete list approve|own team customer
        expenses|create read update delete list approve
        transactions|create read update delete list export
        reports|create read list export
        documents|create read update delete list|own team customer
        settings|read update
        audit|read list export
        roles|create read update delete list
        profile|read update
        public|read
        """);
}
