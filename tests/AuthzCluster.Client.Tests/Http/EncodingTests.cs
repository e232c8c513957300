using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

[Collection(ServerCollection.Name)]
public sealed class EncodingTests(ServerFixture server)
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
        using var clients = await Clients.OfNewTenantAsync(server);
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
        (await new ApiClient(server.Http, "").PostAsync("/api/v1/tenants", new { id = tenant })).Is(201);
        using var clients = Clients.Of(server, options => options.Tenant = tenant);

        Assert.NotEmpty(await clients.Roles.GetAllRolesAsync());
    }

    // `DELETE .../roles/clerk/principals/user/..` would name another thing after a proxy, or this machine, had tidied the path.
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task NoIds_AreRefusedHere_AndNothingIsSent(string? id)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Clients.Of(endpoint.Url);
        var principal = new Principal("user", id!);

        await RefusedAsync("role_id", () => clients.Roles.GetRoleAsync(id!));
        await RefusedAsync("role_id", () => clients.Roles.DeleteRoleAsync(id!));
        await RefusedAsync("id", () => clients.Roles.CreateRoleAsync(new Role { RoleId = id!, Name = "clerk" }));
        await RefusedAsync("role_id", () => clients.Roles.UpdateRoleAsync(new Role { RoleId = id!, Name = "clerk" }));
        await RefusedAsync("principal.id", () => clients.Roles.RevokeRoleAsync(principal, "clerk"));
        await RefusedAsync("principal.id", () => clients.Roles.AssignRoleAsync(principal, "clerk"));
        await RefusedAsync("principal.type", () => clients.Roles.AssignRoleAsync(new Principal(id!, "alice"), "clerk"));
        await RefusedAsync("principal.id", () => clients.Roles.GetPrincipalRolesAsync(principal));
        await RefusedAsync("principal.id", () => clients.Authorization.HasRoleAsync(principal, "clerk"));
        await RefusedAsync("principal.id", () => clients.Authorization.EvaluateAsync(new AccessQuestion(principal, "a:read")));
        await RefusedAsync("principal.type", () => clients.Authorization.HasRoleAsync(new Principal("a:b", "c"), "clerk"));
        await RefusedAsync("principal.id", () => clients.Authorization.HasRoleAsync(default, "clerk"));
        Assert.Empty(endpoint.Requests);
    }

    // Encoded, each would become the same other id. Not data of a theory, which cannot carry them.
    [Fact]
    public Task HalfCharacters_AreRefusedHere_AndNothingIsSent() =>
        Task.WhenAll(new[] { "\ud83d", "a\udc00\ud83d", "\ud83da" }.Select(NoIds_AreRefusedHere_AndNothingIsSent));

    [Fact]
    public async Task Address_WithAPath_KeepsIt()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Clients.Of(new Uri(endpoint.Url, "/authz/"), options => options.Tenant = "acme");

        await clients.Roles.DeleteRoleAsync("a/b", force: true);

        Assert.Equal("/authz/tenants/acme/api/v1/roles/a%2Fb?force=true", Assert.Single(endpoint.Requests).Target);
    }

    private static async Task RefusedAsync(string field, Func<Task> call) =>
        Assert.Contains(field, (await Assert.ThrowsAsync<ValidationFailedException>(call)).Fields.Keys);
}
