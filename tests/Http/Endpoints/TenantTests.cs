using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class TenantTests(ServerFixture server)
{
    private readonly ApiClient _api = new(server.Http, "");

    [Fact]
    public async Task Tenants_Life_FromMadeToGone()
    {
        var made = (await _api.PostAsync("/api/v1/tenants", new { id = "life/1", display_name = "Life", packs = new[] { "business" }, edition = "writer_pro", settings = new { retention_days = 30 } })).Is(201);
        Assert.Equal("/api/v1/tenants/life%2F1", made.Headers["Location"]);
        Assert.Equal("writer_pro", made["edition"].GetString());
        var version = made.Headers["ETag"];

        var changed = (await _api.PatchAsync("/api/v1/tenants/life%2F1", new { display_name = "Lives" }, ("If-Match", version))).Is(200);
        Assert.Equal(("Lives", "writer_pro", 30), (changed["display_name"].GetString(), changed["edition"].GetString(), changed["settings"].GetProperty("retention_days").GetInt32()));
        (await _api.PatchAsync("/api/v1/tenants/life%2F1", new { display_name = "x" }, ("If-Match", version))).Refused(412, "precondition_failed");
        (await _api.DeleteAsync("/api/v1/tenants/life%2F1", ("If-Match", version))).Refused(412, "precondition_failed");
        Assert.Equal(changed.Text, (await _api.GetAsync("/api/v1/tenants/life%2F1")).Text);

        (await _api.PostAsync("/api/v1/tenants", new { id = "life/1" })).Refused(409, "invalid_state");
        (await _api.DeleteAsync("/api/v1/tenants/life%2F1")).Is(204);
        (await _api.GetAsync("/api/v1/tenants/life%2F1")).Refused(404, "tenant_not_found");
    }

    [Theory]
    [InlineData("""{"display_name":"x"}""", "id")]
    [InlineData("""{"id":"."}""", "id")]
    [InlineData("""{"id":"x1","edition":"gold"}""", "edition")]
    [InlineData("""{"id":"x1","packs":["no_such"]}""", "packs[0]")]
    [InlineData("""{"id":"x1","color":"red"}""", "color")]
    public async Task Create_BadBody_IsRefused(string body, string field) =>
        (await _api.PostAsync("/api/v1/tenants", body)).Refused(400, "validation_failed", field);

    [Fact]
    public async Task Patch_AnotherId_IsRefused() =>
        (await _api.PatchAsync("/api/v1/tenants/default", new { id = "system" })).Refused(400, "validation_failed", "id");

    [Theory]
    [InlineData("default")]
    [InlineData("system")]
    public async Task Delete_TenantsThatStay_IsRefused(string id)
    {
        var reply = await _api.DeleteAsync($"/api/v1/tenants/{id}");

        Assert.InRange(reply.Status, 403, 409);
        (await _api.GetAsync($"/api/v1/tenants/{id}")).Is(200);
    }

    [Fact]
    public async Task Requests_ToAnUnknownTenant_AreNotFound()
    {
        var nowhere = new ApiClient(server.Http, "/tenants/nowhere");

        (await nowhere.GetAsync("/api/v1/roles")).Refused(404, "tenant_not_found");
        (await nowhere.PostAsync("/api/v1/roles", new { name = "x" })).Refused(404, "tenant_not_found");
        (await nowhere.PostAsync("/api/v1/authorization/evaluate", new { user = "a", permission = "a:b" })).Refused(404, "tenant_not_found");
        (await nowhere.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations = new[] { new { user = "a", permission = "a:b" } } })).Refused(404, "tenant_not_found");
        (await nowhere.GetAsync("/api/v1/export")).Refused(404, "tenant_not_found");
        (await nowhere.GetAsync("/api/v1/audit")).Refused(404, "tenant_not_found");
    }

    [Fact]
    public async Task Tenants_SameNames_ArePartedByPrefixAndHeader()
    {
        var one = await server.TenantAsync();
        var other = await server.TenantAsync();
        await one.RoleAsync("clerk", "a:b");
        await one.AssignAsync("clerk", "alice");

        (await other.GetAsync("/api/v1/roles/clerk")).Refused(404, "role_not_found");
        Assert.Equal("no_assignment", await other.ReasonAsync("alice", "a:b"));
        (await _api.GetAsync("/api/v1/roles/clerk", ("X-Tenant-Id", one.Tenant))).Is(200);
        (await one.GetAsync("/api/v1/roles/clerk", ("X-Tenant-Id", other.Tenant))).Is(200);
        (await _api.GetAsync("/api/v1/roles/clerk")).Refused(404, "role_not_found");
        (await _api.GetAsync("/api/v1/roles", ("X-Tenant-Id", ".."))).Refused(400, "validation_failed", "X-Tenant-Id");
    }
}
