using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>Document 004, section 12: its acceptance table row by row (given, when, then), and the life of section 8.2.</summary>
[Collection(ServerCollection.Name)]
public sealed class Document004AcceptanceTests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles";

    [Fact]
    public async Task Row1_ListWithBuiltIns_HasThem()
    {
        var api = await server.TenantAsync(["knowledge"]);
        await api.RoleAsync("own");

        var all = (await api.GetAsync($"{Roles}?include_built_in=true")).Items.Select(role => role.GetProperty("name").GetString());
        var custom = (await api.GetAsync($"{Roles}?include_built_in=false")).Items.Select(role => role.GetProperty("name").GetString());

        Assert.Equal(["Admin", "Contributor", "Editor", "Viewer", "own"], all);
        Assert.Equal(["own"], custom);
    }

    [Fact]
    public async Task Row2_CreateWithValidData_MakesACustomRoleWithAnId()
    {
        var api = await server.TenantAsync();

        var made = (await api.PostAsync(Roles, new { name = "Reviewer", description = "reads", permissions = new[] { "entity:read" }, type = "custom" })).Is(201);

        Assert.NotEmpty(made["id"].GetString()!);
        Assert.False(made["is_system_role"].GetBoolean());
        Assert.Equal($"/tenants/{api.Tenant}{Roles}/{made["id"].GetString()}", made.Headers["Location"]);
        Assert.Equal(made.Text, (await api.GetAsync($"{Roles}/{made["id"].GetString()}")).Text);
    }

    [Fact]
    public async Task Row3_UpdateOfABuiltIn_IsRefused()
    {
        var api = await server.TenantAsync(["knowledge"]);

        (await api.PutAsync($"{Roles}/Admin", new { name = "Admin" })).Refused(409, "system_role_protected");
    }

    [Fact]
    public async Task Row4_DeleteOfAValidRole_RemovesIt()
    {
        var api = await server.TenantAsync();
        var id = await api.RoleAsync("clerk");

        (await api.DeleteAsync($"{Roles}/{id}")).Is(204);

        (await api.GetAsync($"{Roles}/{id}")).Refused(404, "role_not_found");
        (await api.DeleteAsync($"{Roles}/{id}")).Refused(404, "role_not_found");
        Assert.NotEqual(id, await api.RoleAsync("clerk"));
    }

    [Fact]
    public async Task Row5_AssignOfAValidRole_MakesAnAssignment()
    {
        var api = await server.TenantAsync();
        var id = await api.RoleAsync("clerk");

        var made = await api.AssignAsync("clerk", "alice");

        Assert.Equal(("active", id, "service:admin"), (made["status"].GetString(), made["role_id"].GetString(), made["granted_by"].GetString()));
        Assert.Equal(("user", "alice"), (made["principal"].GetProperty("type").GetString(), made["principal"].GetProperty("id").GetString()));
        Assert.Equal(1, (await api.GetAsync($"{Roles}/clerk"))["user_count"].GetInt32());
    }

    [Fact]
    public async Task Row6_ActiveAssignment_IsInTheList()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");
        var made = await api.AssignAsync("clerk", "alice");

        Assert.Equal(made["id"].GetString(), Assert.Single((await api.GetAsync("/api/v1/users/alice/roles")).Items).GetProperty("id").GetString());
        (await api.GetAsync("/api/v1/users/alice/roles/clerk")).Is(200);
    }

    [Fact]
    public async Task Row7_ExpiredAssignment_IsNotInTheList()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");
        (await api.PostAsync($"{Roles}/clerk/assign", new { user_id = "alice", expires_at = "2098-01-01T00:00:00Z" })).Is(200);

        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles?at=2098-01-01T00:00:00Z")).Items);
        var kept = Assert.Single((await api.GetAsync("/api/v1/users/alice/roles?at=2098-01-01T00:00:00Z&include_inactive=true")).Items);
        Assert.Equal(("expired", false), (kept.GetProperty("status").GetString(), kept.GetProperty("is_active").GetBoolean()));
    }

    [Fact]
    public async Task Row8_Revoke_RemovesTheAssignment()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));

        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Is(204);

        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles")).Items);
        var audit = (await api.GetAsync("/api/v1/audit")).Items.Count;
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Refused(404, "assignment_not_found");
        Assert.Equal(audit, (await api.GetAsync("/api/v1/audit")).Items.Count);
    }

    [Fact]
    public async Task Life_FromCreateToDelete()
    {
        var api = await server.TenantAsync(["knowledge"]);
        var id = await api.RoleAsync("SecurityAuditor", "entity:read", "validation:run");
        await api.AssignAsync(id, "auditor");
        (await api.GetAsync($"/api/v1/users/auditor/roles/{id}")).Is(200);

        (await api.PutAsync($"{Roles}/{id}", new { name = "SecurityAuditor", permissions = new[] { "entity:read", "validation:configure" } })).Is(200);
        Assert.True((await api.GetAsync($"{Roles}/{id}/permissions/validation:configure"))["granted"].GetBoolean());
        Assert.Equal("granted", await api.ReasonAsync("auditor", "validation:configure"));
        Assert.Equal("permission_not_granted", await api.ReasonAsync("auditor", "validation:run"));

        (await api.DeleteAsync($"{Roles}/{id}/users/auditor")).Is(204);
        Assert.Empty((await api.GetAsync("/api/v1/users/auditor/roles")).Items);
        (await api.DeleteAsync($"{Roles}/{id}")).Is(204);
        (await api.GetAsync($"{Roles}/{id}")).Refused(404, "role_not_found");
    }
}
