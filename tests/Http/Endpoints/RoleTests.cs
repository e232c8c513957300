using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class RoleTests(ServerFixture server)
{
    [Fact]
    public async Task Create_Everything_AnswersItWithLocationAndVersion()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "tasks:read");

        var made = (await api.PostAsync("/api/v1/roles", new
        {
            name = "clerk", display_name = "Clerk", description = "d", type = "custom", id = "role-1",
            permissions = new[] { "invoices:read", "compute.instances.get", "invoices:read", "*:*" },
            parents = new[] { new { role_id = "base", inheritance_type = "partial", permissions = new[] { "tasks:*" } } },
            hierarchy_level = 7, is_active = true, metadata = new { a = 1.50 }, tenant_id = api.Tenant, granted_by = 1,
        })).Refused(400, "validation_failed", "granted_by");

        made = (await api.PostAsync("/api/v1/roles", new
        {
            name = "clerk", display_name = "Clerk", description = "d", type = "custom", id = "role-1",
            permissions = new[] { "invoices:read", "compute.instances.get", "invoices:read", "*:*" },
            parents = new[] { new { role_id = "base", inheritance_type = "partial", permissions = new[] { "tasks:*" } } },
            hierarchy_level = 7, is_active = true, metadata = new { a = 1.50 }, tenant_id = api.Tenant,
        })).Is(201);

        Assert.Equal($"/tenants/{api.Tenant}/api/v1/roles/role-1", made.Headers["Location"]);
        Assert.Equal("\"1\"", made.Headers["ETag"]);
        Assert.Equal(["*", "compute.instances:get", "invoices:read"], made.Texts("permissions"));
        Assert.Equal("partial", made["parents"][0].GetProperty("inheritance_type").GetString());
        Assert.Equal(7, made["hierarchy_level"].GetInt32());
        Assert.Equal(api.Tenant, made["tenant_id"].GetString());
        Assert.EndsWith("Z", made["created_at"].GetString());
        Assert.Equal(made.Text, (await api.GetAsync("/api/v1/roles/role-1")).Text);
        Assert.Equal(200, (await api.GetAsync("/api/v1/roles/clerk")).Status);
    }

    [Fact]
    public async Task Create_ParentRoleId_InheritsAllOfIt()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "tasks:read");

        var made = (await api.PostAsync("/api/v1/roles", new { name = "child", parent_role_id = "base" })).Is(201);

        Assert.Equal("full", made["parents"][0].GetProperty("inheritance_type").GetString());
        await api.AssignAsync("child", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "tasks:read"));
    }

    [Theory]
    [InlineData("""{"permissions":[]}""", 400, "validation_failed", "name")]
    [InlineData("""{"name":"   "}""", 400, "validation_failed", "name")]
    [InlineData("""{"name":"x","permissions":["nonsense"]}""", 400, "validation_failed", "permissions[0]")]
    [InlineData("""{"name":"x","permissions":[null]}""", 400, "validation_failed", "permissions[0]")]
    [InlineData("""{"name":"x","permissions":"a:b"}""", 400, "validation_failed", "permissions")]
    [InlineData("""{"name":"x","hierarchy_level":101}""", 400, "validation_failed", "hierarchy_level")]
    [InlineData("""{"name":"x","hierarchy_level":99999999999}""", 400, "validation_failed", "hierarchy_level")]
    [InlineData("""{"name":"x","hierarchy_level":"5"}""", 400, "validation_failed", "hierarchy_level")]
    [InlineData("""{"name":"x","parents":[{"inheritance_type":"full"}]}""", 400, "validation_failed", "parents[0].role_id")]
    [InlineData("""{"name":"x","parents":[null]}""", 400, "validation_failed", "parents[0].role_id")]
    [InlineData("""{"name":"x","parents":[{"role_id":"viewer","inheritance_type":"half"}]}""", 400, "validation_failed", "parents[0].inheritance_type")]
    [InlineData("""{"name":"x","parents":[{"role_id":"nobody"}]}""", 400, "validation_failed", "parents[0].role_id")]
    [InlineData("""{"name":"x","parents":[{"role_id":"viewer","typo":1}]}""", 400, "validation_failed", "parents[0].typo")]
    [InlineData("""{"name":"x","parents":[{"role_id":"viewer","inheritance_type":"conditional","conditions":[{"params":{}}]}]}""", 400, "validation_failed", "parents[0].conditions[0].type")]
    [InlineData("""{"name":"x","parent_role_id":"viewer","parents":[{"role_id":"viewer"}]}""", 400, "validation_failed", "parent_role_id")]
    [InlineData("""{"name":"x","metadata":{"a":1,"a":2}}""", 400, "validation_failed", "metadata.a")]
    [InlineData("""{"name":"x","metadata":[]}""", 400, "validation_failed", "metadata")]
    [InlineData("""{"name":"x","tenant_id":"another"}""", 400, "validation_failed", "tenant_id")]
    [InlineData("""{"name":"x","id":".."}""", 400, "validation_failed", "id")]
    [InlineData("""{"name":"x","policies":[{"name":"p"}]}""", 400, "validation_failed", "policies[0].effect")]
    [InlineData("""{"name":"x","policies":[{"name":"p","effect":"deny"},{"id":"a","name":"","effect":"no","typo":1}]}""", 400, "validation_failed", "policies[1].typo")]
    [InlineData("""{"name":"x","policies":[{"name":"p","effect":"deny","conditions":[{"type":"moon"}]}]}""", 400, "validation_failed", "policies[0].conditions[0].type")]
    [InlineData("""{"name":"x","policies":[null]}""", 400, "validation_failed", "policies[0]")]
    [InlineData("""{"name":"x","request_policy":{"approvals":0}}""", 400, "validation_failed", "request_policy.approvals")]
    [InlineData("""{"name":"x","request_policy":{"max_duration":"8h"}}""", 400, "validation_failed", "request_policy.max_duration")]
    [InlineData("""{"name":"x","request_policy":{"max_duration":"PT0S"}}""", 400, "validation_failed", "request_policy.max_duration")]
    [InlineData("""{"name":"x","request_policy":{"approvers":["a",null]}}""", 400, "validation_failed", "request_policy.approvers[1]")]
    [InlineData("""{"name":"x","request_policy":{"requesters":["team:"]}}""", 400, "validation_failed", "request_policy.requesters[0]")]
    [InlineData("""{"name":"x","request_policy":{"typo":1}}""", 400, "validation_failed", "request_policy.typo")]
    [InlineData("""{"name":"x","assigned_to":"user:a"}""", 400, "validation_failed", "assigned_to")]
    [InlineData("""{"name":"x","assigned_to":["user:a",null]}""", 400, "validation_failed", "assigned_to[1]")]
    [InlineData("""{"name":"x","assigned_to":["user:a","user:"]}""", 400, "validation_failed", "assigned_to[1]")]
    [InlineData("""{"name":"x","assigned_to":[":a"]}""", 400, "validation_failed", "assigned_to[0]")]
    [InlineData("""{"name":"x","assigned_to":[{"type":"user","id":"a"}]}""", 400, "validation_failed", "assigned_to[0]")]
    [InlineData("""{"name":"viewer","assigned_to":["a"]}""", 409, "role_already_exists", null)]
    [InlineData("""{"name":"viewer"}""", 409, "role_already_exists", null)]
    [InlineData("""{"name":"role_viewer"}""", 409, "role_already_exists", null)]
    [InlineData("""{"name":"x","hierarchy_level":1,"parents":[{"role_id":"viewer"}]}""", 409, "level_inconsistent", null)]
    public async Task Create_BadBody_IsRefusedAndChangesNothing(string body, int status, string code, string? field)
    {
        var api = await server.TenantAsync();

        (await api.PostAsync("/api/v1/roles", body)).Refused(status, code, field);

        Assert.Empty((await api.GetAsync("/api/v1/roles?include_built_in=false")).Items);
    }

    [Fact]
    public async Task Create_AssignedTo_GivesItToEachAndOnlyANewRoleTakesIt()
    {
        var api = await server.TenantAsync();

        var body = """{"name":"x","permissions":["a:b"],"assigned_to":["alice","user:alice","service:alice","team:blue","user:a:b"]}""";
        var made = (await api.PostAsync("/api/v1/roles", body)).Is(201);

        Assert.Equal((true, 3), (made["is_active"].GetBoolean(), made["user_count"].GetInt32()));
        Assert.Equal($"\"{made["version"].GetInt64()}\"", made.Headers["ETag"]);
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
        Assert.Equal("granted", await api.ReasonAsync("a:b", "a:b"));
        var held = (await api.GetAsync("/api/v1/roles/x/assignments")).Items.Select(item => item.GetProperty("principal").GetProperty("type").GetString());
        Assert.Equal(["service", "team", "user", "user"], held);
        (await api.PutAsync("/api/v1/roles/x", body)).Refused(400, "validation_failed", "assigned_to");
        (await api.PostAsync("/api/v1/import?format=authz", """{"roles":[{"name":"y","assigned_to":["alice"]}]}""")).Refused(400, "validation_failed", "roles[0].assigned_to");
        (await api.PostAsync("/api/v1/roles", body)).Refused(409, "role_already_exists");
    }

    [Fact]
    public async Task Create_EmptyListsOfLaterFeatures_AreTaken()
    {
        var api = await server.TenantAsync();

        (await api.PostAsync("/api/v1/roles", """{"name":"x","policies":[],"request_policy":null,"assigned_to":[]}""")).Is(201);
    }

    [Fact]
    public async Task Replace_WhatIsLeftOut_TakesItsDefault()
    {
        var api = await server.TenantAsync();
        var made = await api.PostAsync("/api/v1/roles", new { name = "clerk", description = "d", permissions = new[] { "a:b" } });
        var id = made["id"].GetString();

        var replaced = (await api.PutAsync($"/api/v1/roles/{id}", new { name = "clerk2", role_id = id })).Is(200);

        Assert.Equal("\"2\"", replaced.Headers["ETag"]);
        Assert.Empty(replaced.Texts("permissions"));
        Assert.Null(replaced["description"].GetString());
        (await api.GetAsync("/api/v1/roles/clerk")).Refused(404, "role_not_found");
        (await api.PutAsync("/api/v1/roles/clerk2", new { name = "c", role_id = "viewer" })).Refused(400, "validation_failed", "role_id");
    }

    [Fact]
    public async Task Delete_InUse_IsRefusedUnlessForced()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");

        (await api.DeleteAsync("/api/v1/roles/clerk")).Refused(409, "role_in_use");
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
        (await api.DeleteAsync("/api/v1/roles/clerk?force=true")).Is(204);

        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
        (await api.DeleteAsync("/api/v1/roles/clerk")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task SystemRole_EditOrDelete_IsProtected()
    {
        var api = await server.TenantAsync();

        (await api.DeleteAsync("/api/v1/roles/viewer")).Refused(409, "system_role_protected");
        (await api.PutAsync("/api/v1/roles/role_viewer", new { name = "viewer" })).Refused(409, "system_role_protected");
        (await api.PostAsync("/api/v1/roles/viewer/permissions", new { permission = "a:b" })).Refused(409, "system_role_protected");
    }

    [Fact]
    public async Task List_Filters_NarrowIt()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");

        Assert.Equal(5, (await api.GetAsync("/api/v1/roles")).Items.Count);
        Assert.Equal("clerk", Assert.Single((await api.GetAsync("/api/v1/roles?include_built_in=false")).Items).GetProperty("name").GetString());
        Assert.Equal("clerk", Assert.Single((await api.GetAsync("/api/v1/roles?q=CLE")).Items).GetProperty("name").GetString());
        (await api.GetAsync("/api/v1/roles?include_built_in=maybe")).Refused(400, "validation_failed", "include_built_in");
        (await api.GetAsync("/api/v1/roles?include_builtin=false")).Refused(400, "validation_failed", "include_builtin");
        (await api.GetAsync("/api/v1/roles?q=a&q=b")).Refused(400, "validation_failed", "q");
    }
}
