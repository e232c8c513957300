using System.Collections.Immutable;

namespace AuthzCluster.Domain.Roles;

/// <summary>The pack of elections: who votes, who audits, who runs them. Names have hyphens: <c>super-admin</c> is not <c>super_admin</c>.</summary>
internal static class ElectionsPack
{
    public const string Name = "elections";

    public static readonly ImmutableArray<RoleDefinition> Roles =
    [
        BuiltInRole.Of("voter", "Voter", 10, null, "votes:submit", "elections:read"),
        BuiltInRole.Of("auditor", "Auditor", 40, null, "elections:read", "votes:audit", "audit:*"),
        BuiltInRole.Of("election-admin", "Election Administrator", 70, null,
            "elections:*", "candidates:*", "authz.roles:read", "authz.assignments:*", "authz.roles:bind"),
        BuiltInRole.Of("super-admin", "Super Administrator", 100, null, "*"),
    ];
}
