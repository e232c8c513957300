using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Oracles;

namespace AuthzCluster.Domain.Tests.Roles;

public sealed class BuiltInPacksTests
{
    [Fact]
    public void RolesOf_Standard_AreThoseOfTheContract() =>
        Assert.Equal(
            ["role_super_admin 100: *", "role_tenant_admin 90: authz.*:*",
             "role_user_manager 70: authz.assignments:* authz.evaluate:execute authz.requests:* authz.roles:bind authz.roles:read authz.teams:*",
             "role_viewer 10: *:list *:read authz.evaluate:execute"],
            BuiltInPacks.RolesOf(["standard"]).Select(role => $"{role.Id} {role.Level}: {string.Join(' ', role.Permissions)}"));

    [Fact]
    public void RolesOf_Business_InheritAsTheDocumentSays()
    {
        var roles = BuiltInPacks.RolesOf(["business"]);
        Assert.Equal(
            ["accountant 50 role_read_only", "admin 90 role_manager", "client 20 ", "guest 0 ", "manager 50 role_read_only",
             "project_manager 50 role_read_only", "read_only 10 ", "super_admin 100 role_admin", "supplier 20 "],
            roles.Select(role => $"{role.Name} {role.Level} {role.Parents.SingleOrDefault()?.Parent.Value}"));
        Assert.All(roles, role => Assert.True(role.IsSystem && role.Version == 1 && role.Id.Value == $"role_{role.Name}"));
        Assert.Contains(Permission.Parse("payments:create:own"), roles.Single(role => role.Name == "client").Permissions);
    }

    [Fact]
    public void RolesOf_TwoPacks_MergeTheRoleOfBoth()
    {
        var both = BuiltInPacks.RolesOf(["standard", "business"]);
        Assert.Equal(12, both.Length);
        var admin = both.Single(role => role.Name == "super_admin");
        Assert.Equal((100, "role_admin", Permission.Everything), (admin.Level, admin.Parents.Single().Parent.Value, admin.Permissions.Single()));
        Assert.Equal(both.ToArray(), BuiltInPacks.RolesOf(["business", "standard", "standard"]).ToArray());
        Assert.Empty(BuiltInPacks.RolesOf(["unknown"]));
    }

    [Fact]
    public void RolesOf_AllPacks_AreThoseOfTheTranscription()
    {
        var names = BuiltInPacks.Names;
        Assert.Equal(["business", "elections", "knowledge", "standard"], names);
        // Every choice of packs: what two of them name is one.
        for (var choice = 0; choice < 1 << names.Count; choice++)
        {
            var packs = names.Where((_, i) => (choice >> i & 1) == 1).ToArray();
            Assert.Equal(
                PackRoles.Of(packs).Select(Text).Order(StringComparer.Ordinal),
                BuiltInPacks.RolesOf([.. packs]).Select(Text).Order(StringComparer.Ordinal));
        }

        static string Text(RoleDefinition role) =>
            $"{role.Id} {role.Name} {role.Level} <{string.Join(' ', role.Parents.Select(edge => $"{edge.Parent} {edge.Type}"))}> {string.Join(' ', role.Permissions)}";
    }

    [Fact]
    public void RolesOf_AllPacks_DifferByCase()
    {
        var all = BuiltInPacks.RolesOf([.. BuiltInPacks.Names]);
        Assert.Equal(20, all.Length);
        Assert.Equal(18, all.Select(role => role.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
