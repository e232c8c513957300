using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>Document 001, file 2: its registry of permissions and what its matcher matches.</summary>
[Collection(ServerCollection.Name)]
public sealed class Document001PermissionTests(ServerFixture server)
{
    private const string Registry = "/api/v1/permissions";

    [Fact]
    public async Task Registry_HasEveryPermissionOfTheDocumentAndNoOther()
    {
        var api = await server.TenantAsync(["business"]);

        var all = await Paging.AllAsync(api, $"{Registry}?limit=1000", item => item.GetProperty("permission").GetString()!);

        var scoped = Document001.Scoped.SelectMany(resource => Document001.Expand($"{resource}:*"))
            .SelectMany(permission => new[] { "own", "team", "customer" }.Select(scope => $"{permission}:{scope}"));
        Assert.Equal(
            Document001.Expand("*").Concat(scoped).Order(StringComparer.Ordinal),
            all.Where(permission => !permission.StartsWith("authz.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Registry_IsAskedByPermissionAndByResource()
    {
        var api = await server.TenantAsync(["business"]);

        Assert.True((await api.GetAsync($"{Registry}/invoices:approve:team")).Is(200)["is_built_in"].GetBoolean());
        (await api.GetAsync($"{Registry}/tasks:read:own")).Refused(404, "not_found");
        Assert.Equal(
            ["suppliers:create", "suppliers:delete", "suppliers:list", "suppliers:read", "suppliers:update"],
            (await api.GetAsync($"{Registry}?q=suppliers:")).Items.Select(item => item.GetProperty("permission").GetString()));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("invoices:*", true)]
    [InlineData("invoices:approve", true)]
    [InlineData("invoices:approve:own", true)]
    [InlineData("castles:*", false)]
    [InlineData("invoices:fly", false)]
    [InlineData("tasks:read:own", false)]
    public async Task Registry_SaysWhichPermissionsAreValid(string permission, bool valid)
    {
        var api = await server.TenantAsync(["business"]);
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new { strict_permissions = true } })).Is(200);

        var made = await api.PostAsync("/api/v1/roles", new { name = "x", permissions = new[] { permission } });

        _ = valid ? made.Is(201) : made.Refused(400, "validation_failed", "permissions[0]");
    }

    [Theory]
    [InlineData("*", "users:delete", true)]
    [InlineData("invoices:read", "invoices:read", true)]
    [InlineData("invoices:read", "invoices:create", false)]
    [InlineData("invoices:read", "projects:read", false)]
    [InlineData("invoices:*", "invoices:approve", true)]
    [InlineData("invoices:*", "invoices:approve:own", true)]
    [InlineData("invoices:*", "payments:approve", false)]
    [InlineData("invoices:read", "invoices:read:own", true)]
    [InlineData("invoices:read", "invoices:read:customer", true)]
    [InlineData("invoices:read:own", "invoices:read:own", true)]
    [InlineData("invoices:read:own", "invoices:read:team", false)]
    [InlineData("invoices:read:team", "invoices:read:own", true)]
    [InlineData("invoices:read:team", "invoices:read:customer", false)]
    [InlineData("invoices:read:customer", "invoices:read:team", true)]
    [InlineData("invoices:read:customer", "invoices:read", false)]
    [InlineData("invoices:read:own", "invoices:create:own", false)]
    public async Task Matcher_GrantedSatisfiesRequired(string granted, string required, bool matches)
    {
        var api = await server.TenantAsync(["business"]);
        await api.RoleAsync("x", granted);
        await api.AssignAsync("x", "alice");

        Assert.Equal(matches, (await api.AskAsync(new { user = "alice", permission = required }))["allow"].GetBoolean());
        Assert.Equal(matches, (await api.GetAsync($"/api/v1/roles/x/permissions/{required}"))["granted"].GetBoolean());
    }

    // The document's matcher refuses every unscoped question to a scoped grant; the contract: the resource says whether the scope is met.
    [Fact]
    public async Task Matcher_ScopedGrantAndUnscopedQuestion_TheResourceDecides()
    {
        var api = await server.TenantAsync(["business"]);
        foreach (var scope in new[] { "own", "team", "customer" })
        {
            await api.RoleAsync(scope, $"invoices:read:{scope}");
            (await api.PostAsync($"/api/v1/roles/{scope}/assign", new { user_id = scope })).Is(200);
            (await api.PutAsync($"/api/v1/teams/blue/members/{scope}", null)).Is(204);
        }
        async Task<bool> MayAsync(string user, object properties) => (await api.AskAsync(new
        {
            subject = new { type = "user", id = user, properties = new { customer_id = "c1" } },
            permission = "invoices:read",
            resource = new { properties },
        }))["allow"].GetBoolean();

        foreach (var (user, own, team, customer) in new[] { ("own", true, false, false), ("team", true, true, false), ("customer", true, true, true) })
        {
            Assert.Equal((own, team, customer), (
                await MayAsync(user, new { owner_id = user }), await MayAsync(user, new { team_id = "blue" }), await MayAsync(user, new { customer_id = "c1" })));
            Assert.False(await MayAsync(user, new { owner_id = "somebody", team_id = "red", customer_id = "c2" }));
            Assert.False(await MayAsync(user, new { }));
        }
    }

    [Fact]
    public async Task Permission_IsWrittenWithoutTheScopeThatIsAll()
    {
        var api = await server.TenantAsync(["business"]);

        var made = (await api.PostAsync("/api/v1/roles", new { name = "x", permissions = new[] { "invoices:read:*", "tasks:read:own" } })).Is(201);

        Assert.Equal(["invoices:read", "tasks:read:own"], made.Texts("permissions"));
        (await api.PostAsync("/api/v1/roles", new { name = "y", permissions = new[] { "tasks:read:mine" } })).Refused(400, "validation_failed", "permissions[0]");
    }
}
