using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Decisions;

/// <summary>Small models, made in a line.</summary>
internal static class Tenant
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TenantModel Of(params RoleDefinition[] roles) => new()
    {
        Id = TenantId.Default,
        DisplayName = "default",
        Packs = [],
        Roles = roles.ToImmutableDictionary(role => role.Id),
    };

    public static RoleDefinition Role(string name, string[] permissions, params ParentEdge[] parents) => new()
    {
        Id = new RoleId(name),
        Name = name,
        DisplayName = name,
        Permissions = [.. permissions.Select(Permission.Parse).Distinct().Order()],
        Parents = [.. parents],
    };

    public static ParentEdge Full(string parent) => new(new RoleId(parent));

    public static SubjectGrants Alice(params string[] roles) => Alice([.. roles.Select((role, i) => Grant($"a{i}", role))]);

    public static SubjectGrants Alice(params Assignment[] assignments) =>
        SubjectGrants.Compile(SubjectId.User("alice"), new SubjectAssignments { Revision = 1, Live = [.. assignments] });

    public static Assignment Grant(string id, string role) => new() { Id = id, Role = new RoleId(role), GrantedBy = "user:root" };

    public static AccessRequest Ask(string permission)
    {
        Assert.True(Permission.TryParse(permission, out var parsed, out var explicitScope, out var error), error);
        return new AccessRequest { Subject = SubjectId.User("alice"), Permission = parsed, HasExplicitScope = explicitScope };
    }
}
