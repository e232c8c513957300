using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

/// <summary>Ids arrive as they are, or are refused before anything is sent.</summary>
public abstract class IdSuite(ITransport transport) : ClientSuite(transport)
{
    public static TheoryData<string> OddIds =>
    [
        "a/b", "a/../b", "/", "a b", " a", "a%2Fb", "%", "a+b", "a?b=c&d", "a#b", "a:b", "team:x", "ü", "日本語", "👩‍💻", "a\\b", "a\"b", "~a", "..a", "...", "a;b", "a@b", "'a'",
        "A", new string('é', 256),
    ];

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task OddIds_OfRolesAndPrincipals_ArriveAsTheyAre(string id)
    {
        using var clients = await OfNewTenantAsync();
        var role = await clients.Roles.CreateRoleAsync(new RoleBuilder().WithId(id).WithName("clerk").GrantPermission("a:read").Build());
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("a").Build()); // what a cut id might name

        Assert.Equal(id, role.RoleId);
        Assert.Equal(id, (await clients.Roles.GetRoleAsync(id))!.RoleId);
        foreach (var principal in new[] { Principal.User(id), Principal.Team(id), new Principal("robot/é x", id) })
        {
            await clients.Roles.AssignRoleAsync(principal, id);
            Assert.True(await clients.Authorization.HasRoleAsync(principal, id));
            Assert.Equal(principal, Assert.Single(await clients.Roles.GetRoleAssignmentsAsync(id)).Principal);
            Assert.Equal(id, Assert.Single(await clients.Roles.GetPrincipalRolesAsync(principal)).RoleId);
            Assert.True(principal.IsTeam || (await clients.Authorization.EvaluateAsync(new AccessQuestion(principal, "a:read"))).IsAllowed);
            await clients.Roles.RevokeRoleAsync(principal, id);
            Assert.False(await clients.Authorization.HasRoleAsync(principal, id));
        }
        Assert.Equal("new", (await clients.Roles.UpdateRoleAsync(role with { Description = "new" })).Description);
        await clients.Roles.DeleteRoleAsync(id);
        Assert.Null(await clients.Roles.GetRoleAsync(id));
        Assert.NotNull(await clients.Roles.GetRoleAsync("a"));
    }

    [Theory]
    [InlineData("a/b c")]
    [InlineData("ü%")]
    public async Task OddTenants_ArriveAsTheyAre(string tenant)
    {
        using var clients = Transport.Of(await Transport.MakeTenantAsync(tenant, "standard"));

        Assert.NotEmpty(await clients.Roles.GetAllRolesAsync());
    }
}
