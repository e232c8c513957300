using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class PackTests(ServerFixture server)
{
    private static readonly string[] All = ["business", "elections", "knowledge", "standard"];
    private readonly ApiClient _tenants = new(server.Http, "");

    [Fact]
    public async Task Roles_OfAllPacks_AreListedByNameWithTheirIds()
    {
        var api = await server.TenantAsync(All);
        var roles = (await api.GetAsync("/api/v1/roles")).Items;

        Assert.Equal(
            ["Admin", "Contributor", "Editor", "Viewer", "accountant", "admin", "auditor", "client", "election-admin", "guest", "manager", "project_manager",
             "read_only", "super-admin", "super_admin", "supplier", "tenant_admin", "user_manager", "viewer", "voter"],
            roles.Select(role => role.GetProperty("name").GetString()));
        Assert.All(roles, role => Assert.Equal($"role_{role.GetProperty("name").GetString()}", role.GetProperty("id").GetString()));
        Assert.All(roles, role => Assert.True(role.GetProperty("is_system_role").GetBoolean()));
        var editor = (await api.GetAsync("/api/v1/roles/Editor")).Is(200);
        Assert.Equal((50, "role_Contributor"), (editor["hierarchy_level"].GetInt32(), editor["parent_role_id"].GetString()));
        Assert.Equal(6, editor["permissions"].GetArrayLength());
        Assert.Equal("role_viewer", (await api.GetAsync("/api/v1/roles/viewer"))["id"].GetString());
    }

    [Fact]
    public async Task BuiltInRoles_CannotBeChangedDeletedOrShadowed()
    {
        var api = await server.TenantAsync(All);
        await api.RoleAsync("mine");

        foreach (var role in new[] { "Viewer", "role_Admin", "election-admin", "role_super-admin" })
        {
            (await api.PutAsync($"/api/v1/roles/{role}", new { name = "other" })).Refused(409, "system_role_protected");
            (await api.DeleteAsync($"/api/v1/roles/{role}?force=true")).Refused(409, "system_role_protected");
            (await api.PostAsync($"/api/v1/roles/{role}/permissions", new { permission = "a:b" })).Refused(409, "system_role_protected");
            (await api.PutAsync($"/api/v1/roles/{role}/parents/mine", null)).Refused(409, "system_role_protected");
            (await api.PostAsync("/api/v1/roles", new { name = role })).Refused(409, "role_already_exists");
            (await api.PostAsync("/api/v1/roles", new { name = "x", id = role })).Refused(409, "role_already_exists");
            (await api.PutAsync("/api/v1/roles/mine", new { name = role })).Refused(409, "role_already_exists");
            (await api.PostAsync("/api/v1/import?format=authz", new { roles = new[] { new { name = role } } })).Refused(400, "validation_failed", "roles[0].name");
            (await api.PostAsync("/api/v1/import?format=authz", new { roles = new[] { new { name = "x", id = role } } })).Refused(400, "validation_failed", "roles[0].id");
        }
        // Names are case-sensitive: these are nobody's.
        await api.RoleAsync("EDITOR");
        await api.RoleAsync("editor");
    }

    [Theory]
    [InlineData("knowledge", "Viewer")]
    [InlineData("knowledge", "role_Editor")]
    [InlineData("elections", "voter")]
    public async Task Add_PackWithATakenName_IsRefused(string pack, string name)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync(name);

        (await _tenants.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { packs = new[] { "standard", pack } })).Refused(409, "invalid_state");
        (await api.DeleteAsync($"/api/v1/roles/{name}")).Is(204);
        (await _tenants.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { packs = new[] { "standard", pack } })).Is(200);
    }

    [Fact]
    public async Task Drop_PackInUse_IsRefused()
    {
        var api = await server.TenantAsync(["elections", "standard"]);
        await api.AssignAsync("voter", "alice");

        var refused = (await _tenants.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { packs = new[] { "standard" } })).Refused(409, "role_in_use");
        Assert.Contains("role_voter", refused["detail"].GetString(), StringComparison.Ordinal);
        (await api.DeleteAsync("/api/v1/roles/voter/users/alice")).Is(204);
        (await _tenants.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { packs = new[] { "standard" } })).Is(200);
        (await _tenants.PatchAsync("/api/v1/tenants/system", new { packs = Array.Empty<string>() })).Refused(409, "invalid_state");
    }
}
