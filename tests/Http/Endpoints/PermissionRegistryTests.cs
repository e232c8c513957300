using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class PermissionRegistryTests(ServerFixture server)
{
    private const string Registry = "/api/v1/permissions";

    [Fact]
    public async Task Permissions_Life_FromMadeToGone()
    {
        var api = await server.TenantAsync();

        var made = (await api.PostAsync(Registry, new { permission = "invoices.read", description = "reading" })).Is(201);
        Assert.Equal($"/tenants/{api.Tenant}{Registry}/invoices%3Aread", made.Headers["Location"]);
        Assert.Equal(("invoices:read", "reading", false), (made["permission"].GetString(), made["description"].GetString(), made["is_built_in"].GetBoolean()));
        Assert.Equal(made.Text, (await api.GetAsync($"{Registry}/invoices%3Aread")).Is(200).Text);
        Assert.Equal("seeing", (await api.PostAsync(Registry, new { permission = "invoices:read", description = "seeing" })).Is(200)["description"].GetString());
        Assert.Equal("seeing", (await api.GetAsync($"{Registry}/invoices:read")).Is(200)["description"].GetString());

        (await api.DeleteAsync($"{Registry}/invoices:read")).Is(204);
        (await api.DeleteAsync($"{Registry}/invoices:read")).Refused(404, "not_found");
        (await api.GetAsync($"{Registry}/invoices:read")).Refused(404, "not_found");
        Assert.Equal(
            ["permission.removed", "permission.registered", "permission.registered"],
            (await api.GetAsync("/api/v1/audit?target=permission:invoices:read")).Items.Select(record => record.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Permissions_BuiltIn_AreListedAndStay()
    {
        var api = await server.TenantAsync(["business", "standard"]);

        Assert.True((await api.GetAsync($"{Registry}/authz.roles:read")).Is(200)["is_built_in"].GetBoolean());
        Assert.True((await api.GetAsync($"{Registry}/invoices:approve:team")).Is(200)["is_built_in"].GetBoolean());
        (await api.DeleteAsync($"{Registry}/invoices:approve:team")).Refused(409, "invalid_state");
        (await api.PostAsync(Registry, new { permission = "authz.roles:read", description = "mine" })).Refused(409, "invalid_state");
        (await (await server.TenantAsync()).GetAsync($"{Registry}/invoices:approve:team")).Refused(404, "not_found");
    }

    [Fact]
    public async Task List_Pages_AreInOrdinalOrderAndFiltered()
    {
        var api = await server.TenantAsync(["business", "standard"]);
        foreach (var permission in new[] { "a-b:read", "a:read", "Zeta:read", "a.b:read" })
        {
            (await api.PostAsync(Registry, new { permission, description = permission == "Zeta:read" ? "Ends All" : null })).Is(201);
        }

        var texts = await Paging.AllAsync(api, $"{Registry}?limit=7", item => item.GetProperty("permission").GetString()!);

        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
        Assert.Equal(texts.Distinct(), texts);
        Assert.Equal(["Zeta:read", "a-b:read", "a.b:read", "a:read"], texts[..4]);
        Assert.Contains("payments:create:customer", texts);
        Assert.Contains("authz.system_roles:assign", texts);
        Assert.Equal(["Zeta:read"], (await api.GetAsync($"{Registry}?q=ENDS")).Items.Select(item => item.GetProperty("permission").GetString()));
        Assert.Equal(5, (await api.GetAsync($"{Registry}?q=suppliers")).Items.Count);
    }

    [Theory]
    [InlineData("""{"permission":"invoices:*"}""", "permission")]
    [InlineData("""{"permission":"*"}""", "permission")]
    [InlineData("""{"permission":"a.*:read"}""", "permission")]
    [InlineData("""{"permission":"a:read:mine"}""", "permission")]
    [InlineData("""{"permission":5}""", "permission")]
    [InlineData("""{"description":"d"}""", "permission")]
    [InlineData("""{"permission":"a:b","description":["d"]}""", "description")]
    [InlineData("""{"permission":"a:b","color":"red"}""", "color")]
    [InlineData("""{"permission":"a:b","tenant_id":"other"}""", "tenant_id")]
    public async Task Register_BadBody_IsRefused(string body, string field) =>
        (await new ApiClient(server.Http, "").PostAsync(Registry, body)).Refused(400, "validation_failed", field);

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task One_NoPermission_IsRefused(string method) =>
        (await new ApiClient(server.Http, "").SendAsync(method, $"{Registry}/nothing", null)).Refused(400, "validation_failed", "permission");

    [Fact]
    public async Task Strict_EveryWayToGive_TakesRegisteredOnly()
    {
        var api = await server.TenantAsync(["standard"]);
        var tenants = new ApiClient(server.Http, "");
        await api.RoleAsync("old", "typo:read");
        (await tenants.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new { strict_permissions = true } })).Is(200);
        (await api.PostAsync(Registry, new { permission = "invoices:read" })).Is(201);

        var refused = (await api.PostAsync("/api/v1/roles", new { name = "new", permissions = new[] { "invoices:read", "invoices:raed" } }))
            .Refused(400, "validation_failed", "permissions[1]");
        Assert.Contains("`invoices:raed`", refused.Text, StringComparison.Ordinal);
        await api.RoleAsync("new", "invoices:read", "invoices:*:own");
        (await api.PutAsync("/api/v1/roles/new", new { name = "new", permissions = new[] { "orders:read" } })).Refused(400, "validation_failed", "permissions[0]");
        (await api.PostAsync("/api/v1/roles/new/permissions", new { permission = "*:read" })).Refused(400, "validation_failed", "permission");
        (await api.PostAsync("/api/v1/roles/new/permissions", new { permission = "authz.roles:read" })).Is(200);
        (await api.PostAsync("/api/v1/import?format=authz", new { roles = new object[] { new { name = "a", permissions = new[] { "x:y" } }, new { name = "b", permissions = new[] { "invoices:read", "x:z" } } } }))
            .Refused(400, "validation_failed", "roles[0].permissions[0]").Refused(400, "validation_failed", "roles[1].permissions[1]");
        (await api.PostAsync("/api/v1/import?format=gcloud-roles", """[{"name":"g","includedPermissions":["invoices.read","x.y"]}]"""))
            .Refused(400, "validation_failed", "roles[0].permissions[1]");

        (await api.PutAsync("/api/v1/roles/old", new { name = "old", description = "as it was", permissions = new[] { "typo:read" } })).Is(200);
        (await api.PutAsync("/api/v1/roles/new/parents/old", new { inheritance_type = "partial", permissions = new[] { "anything:read" } })).Is(200);
        (await tenants.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new { strict_permissions = false } })).Is(200);
        (await api.PostAsync("/api/v1/roles/new/permissions", new { permission = "*:read" })).Is(200);
    }

    [Fact]
    public async Task Export_OfAStrictTenant_ImportsIntoAnotherStrictOne()
    {
        var tenants = new ApiClient(server.Http, "");
        var (source, target) = (await server.TenantAsync(), await server.TenantAsync());
        foreach (var tenant in new[] { source, target })
        {
            (await tenants.PatchAsync($"/api/v1/tenants/{tenant.Tenant}", new { settings = new { strict_permissions = true } })).Is(200);
        }
        (await source.PostAsync(Registry, new { permission = "invoices:read", description = "line\n\"two\" ä" })).Is(201);
        (await source.PostAsync(Registry, new { permission = "a.b:get:own" })).Is(201);
        await source.RoleAsync("clerk", "invoices:*", "a.b:get:own");

        foreach (var format in new[] { "json", "yaml" })
        {
            var exported = (await source.GetAsync($"/api/v1/export?format={format}")).Is(200);
            (await target.PostAsync("/api/v1/import?format=authz", exported.Text, ("Content-Type", $"application/{format}"))).Is(200);
            Assert.Equal(exported.Text, (await target.GetAsync($"/api/v1/export?format={format}")).Text);
        }
        Assert.Equal(2, (await target.GetAsync("/api/v1/audit?action=permission.registered")).Items.Count);
    }

    [Fact]
    public async Task Strict_ImportOfManyUnknown_NamesAThousandAndCountsTheRest()
    {
        var api = await server.TenantAsync();
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new { strict_permissions = true } })).Is(200);

        var reply = (await api.PostAsync("/api/v1/import?format=authz", new { roles = new[] { new { name = "a", permissions = Enumerable.Range(0, 1500).Select(i => $"r{i}:read") } } }))
            .Refused(400, "validation_failed", "roles[0].permissions[999]");

        Assert.Equal(1001, reply["errors"].EnumerateObject().Count());
        Assert.Contains("and 500 more", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BadPermissionRows_AreNamed()
    {
        var api = await server.TenantAsync();

        var reply = (await api.PostAsync("/api/v1/import?format=authz", """
            {"registered_permissions":[{"permission":"a:*"},5,{"permission":"x:y","colour":1},{"permission":"x:y"},{"permission":"x.y"}],"roles":[]}
            """)).Refused(400, "validation_failed");

        Assert.Equal(
            ["registered_permissions[0].permission", "registered_permissions[1]", "registered_permissions[2].colour", "registered_permissions[4].permission"],
            reply["errors"].EnumerateObject().Select(error => error.Name));
        (await api.GetAsync($"{Registry}/x:y")).Refused(404, "not_found");
    }
}
