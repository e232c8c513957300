using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>
/// Document 003, a roles component: interfaces, entities, requests, flows, endpoints, built-in roles, events, resolution, errors. Its business
/// rules: <see cref="Document003RuleTests"/>. Not here: gRPC (<see cref="Grpc.GrpcRoleTests"/>), published events (<see cref="Endpoints.EventTests"/>), conflicts of roles (<see cref="Endpoints.ConstraintTests"/>); its caches' TTLs (not promised).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class Document003Tests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles";

    [Fact]
    public async Task Role_AddRemoveAndHasPermission()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "tasks:read");
        (await api.PostAsync(Roles, new { name = "clerk", parent_role_id = "base" })).Is(201);
        async Task<bool> HasAsync(string permission) => (await api.GetAsync($"{Roles}/clerk/permissions/{permission}")).Is(200)["granted"].GetBoolean();

        Assert.False(await HasAsync("invoices:read"));
        (await api.PostAsync($"{Roles}/clerk/permissions", new { permission = "invoices:*" })).Is(200);
        Assert.True(await HasAsync("invoices:read"));
        (await api.DeleteAsync($"{Roles}/clerk/permissions/invoices:*")).Is(204);
        Assert.False(await HasAsync("invoices:read"));
        Assert.True(await HasAsync("tasks:read"));
    }

    [Fact]
    public async Task CreateRoleRequest_EveryMemberIsInTheRoleResponse()
    {
        var api = await server.TenantAsync();
        var parent = (await api.PostAsync(Roles, new { name = "base", hierarchy_level = 5 })).Is(201)["id"].GetString();

        var made = (await api.PostAsync(Roles, new
        {
            tenant_id = api.Tenant, name = "clerk", display_name = "The Clerk", description = "keeps books", permissions = new[] { "invoices:read" },
            parent_role_id = parent, hierarchy_level = 7, metadata = new { cost_center = 42 },
        })).Is(201);

        var role = (await api.GetAsync($"{Roles}/{made["id"].GetString()}")).Is(200);
        Assert.Equal(made.Text, role.Text);
        Assert.Equal(
            (api.Tenant, "clerk", "The Clerk", "keeps books", parent),
            (role["tenant_id"].GetString(), role["name"].GetString(), role["display_name"].GetString(), role["description"].GetString(), role["parent_role_id"].GetString()));
        Assert.Equal((false, true, 7, 0), (role["is_system_role"].GetBoolean(), role["is_active"].GetBoolean(), role["hierarchy_level"].GetInt32(), role["user_count"].GetInt32()));
        // Objects in the document; the contract: permissions are texts.
        Assert.Equal(["invoices:read"], role.Texts("permissions"));
        Assert.Equal("""{"cost_center":42}""", role["metadata"].GetRawText());
        Assert.Equal(role["created_at"].GetDateTimeOffset(), role["updated_at"].GetDateTimeOffset());
        (await api.PostAsync(Roles, new { tenant_id = "another", name = "x" })).Refused(400, "validation_failed", "tenant_id");
    }

    [Fact]
    public async Task AssignRoleRequest_EveryMemberIsInTheUserRole()
    {
        var api = await server.TenantAsync();
        var role = await api.RoleAsync("clerk");

        var made = (await api.PostAsync($"{Roles}/clerk/assign", new
        {
            user_id = "alice", role_id = role, granted_by = "mallory", expires_at = "2098-01-01T00:00:00Z", conditions = new { region = "eu" }, metadata = new { ticket = 7 },
        })).Is(200);

        Assert.NotEmpty(made["id"].GetString()!);
        Assert.Equal(("alice", role, true), (made["principal"].GetProperty("id").GetString(), made["role_id"].GetString(), made["is_active"].GetBoolean()));
        // Of the document it is whoever the body names; the contract: the caller. Each member of the conditions is an equality.
        Assert.Equal("service:admin", made["granted_by"].GetString());
        Assert.Equal("""{"attribute":"region","expected":"eu","operator":"eq"}""", made["conditions"][0].GetProperty("params").GetRawText());
        Assert.Equal("2098-01-01T00:00:00Z", made["expires_at"].GetString());
        Assert.True(made["granted_at"].GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        Assert.Equal("""{"ticket":7}""", made["metadata"].GetRawText());
        (await api.PostAsync($"{Roles}/clerk/assign", new { user_id = "alice", role_id = "role_viewer" })).Refused(400, "validation_failed", "role_id");
    }

    // An edge has no id and no time of its own: not promised.
    [Fact]
    public async Task RoleHierarchy_AnEdgeHasTypeAndConditions()
    {
        var api = await server.TenantAsync();
        var id = await api.RoleAsync("base");
        await api.RoleAsync("clerk");

        var edge = (await api.PutAsync($"{Roles}/clerk/parents/base", new { inheritance_type = "conditional", conditions = new { region = "eu" } })).Is(200)["parents"][0];
        Assert.Equal((id, "conditional", 1), (edge.GetProperty("role_id").GetString(), edge.GetProperty("inheritance_type").GetString(), edge.GetProperty("conditions").GetArrayLength()));
        Assert.Equal("full", (await api.PutAsync($"{Roles}/clerk/parents/base", null)).Is(200)["parents"][0].GetProperty("inheritance_type").GetString());
        (await api.PutAsync($"{Roles}/clerk/parents/base", new { inheritance_type = "half" })).Refused(400, "validation_failed", "inheritance_type");
    }

    [Fact]
    public async Task CreationFlow_PermissionsAreValidatedFirst()
    {
        var api = await server.TenantAsync();
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new { strict_permissions = true } })).Is(200);
        (await api.PostAsync("/api/v1/permissions", new { permission = "invoices:read" })).Is(201);

        (await api.PostAsync(Roles, new { name = "clerk", permissions = new[] { "invoices:read", "invoices:raed" } })).Refused(400, "validation_failed", "permissions[1]");
        (await api.GetAsync($"{Roles}/clerk")).Refused(404, "role_not_found");
        await api.RoleAsync("clerk", "invoices:read");
    }

    [Fact]
    public async Task AssignmentFlow_TheUserIsValidatedFirst()
    {
        var api = await server.TenantAsync();
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new { require_known_subjects = true } })).Is(200);
        (await api.PutAsync("/api/v1/entities/user/alice", new { properties = new { } })).Is(200);
        await api.RoleAsync("clerk");

        (await api.PostAsync($"{Roles}/clerk/assign", new { user_id = "bob" })).Refused(400, "validation_failed", "user_id");
        Assert.Empty((await api.GetAsync("/api/v1/users/bob/roles")).Items);
        await api.AssignAsync("clerk", "alice");
    }

    [Fact]
    public async Task Endpoint_PostRoles_201Or400Or409()
    {
        var api = await server.TenantAsync();

        (await api.PostAsync(Roles, new { name = "clerk" })).Is(201);
        (await api.PostAsync(Roles, new { display_name = "no name" })).Refused(400, "validation_failed", "name");
        (await api.PostAsync(Roles, new { name = "clerk" })).Refused(409, "role_already_exists");
    }

    [Fact]
    public async Task Endpoint_GetAndPutRole_200Or404()
    {
        var api = await server.TenantAsync();
        var id = await api.RoleAsync("clerk");

        Assert.Equal((await api.GetAsync($"{Roles}/{id}")).Is(200).Text, (await api.GetAsync($"{Roles}/clerk")).Is(200).Text);
        (await api.GetAsync($"{Roles}/nobody")).Refused(404, "role_not_found");
        Assert.Equal("new", (await api.PutAsync($"{Roles}/{id}", new { name = "clerk", description = "new" })).Is(200)["description"].GetString());
        (await api.PutAsync($"{Roles}/nobody", new { name = "nobody" })).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Endpoint_DeleteRole_204Or404Or409()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");
        await api.AssignAsync("clerk", "alice");

        (await api.DeleteAsync($"{Roles}/clerk")).Refused(409, "role_in_use");
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk")).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Endpoint_AssignRevokeAndGetUserRoles()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");

        await api.AssignAsync("clerk", "alice");
        (await api.PostAsync($"{Roles}/nobody/assign", new { user_id = "alice" })).Refused(404, "role_not_found");
        Assert.Single((await api.GetAsync("/api/v1/users/alice/roles")).Is(200).Items);
        Assert.Empty((await api.GetAsync("/api/v1/users/stranger/roles")).Is(200).Items);
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Refused(404, "assignment_not_found");
    }

    [Theory]
    [InlineData("super_admin", "Super Administrator", 100)]
    [InlineData("tenant_admin", "Tenant Administrator", 90)]
    [InlineData("user_manager", "User Manager", 70)]
    [InlineData("viewer", "Viewer", 10)]
    public async Task BuiltInRoles_AreAsTheTableSays(string name, string display, int level)
    {
        var role = (await (await server.TenantAsync()).GetAsync($"{Roles}/{name}")).Is(200);

        Assert.Equal((display, level, true), (role["display_name"].GetString(), role["hierarchy_level"].GetInt32(), role["is_system_role"].GetBoolean()));
    }

    // "Full system access", "full tenant access", "user management access", "read-only access".
    [Theory]
    [InlineData("super_admin", "anything:delete authz.roles:create invoices:read", "")]
    [InlineData("tenant_admin", "authz.roles:create authz.policies:delete authz.audit:read", "anything:delete")]
    [InlineData("user_manager", "authz.assignments:create authz.teams:update authz.roles:read", "authz.roles:create authz.policies:read invoices:read")]
    [InlineData("viewer", "invoices:read invoices:list authz.roles:read", "invoices:create authz.roles:create authz.assignments:create")]
    public async Task BuiltInRoles_GiveWhatTheyAreDescribedToGive(string name, string allowed, string denied)
    {
        var api = await server.TenantAsync();
        await api.AssignAsync(name, "alice");
        var asked = $"{allowed} {denied}".Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var answers = (await api.PostAsync(
            "/api/v1/authorization/evaluate/batch", new { evaluations = asked.Select(permission => new { user = "alice", permission }) })).Is(200)["decisions"].EnumerateArray();

        Assert.Equal(allowed.Split(' '), asked.Zip(answers).Where(pair => pair.Second.GetProperty("allow").GetBoolean()).Select(pair => pair.First));
    }

    // The names are the audit log's, and those of what is published: EventTests.
    [Fact]
    public async Task Events_EachHasItsName()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base");
        await api.RoleAsync("clerk");
        (await api.PutAsync($"{Roles}/clerk", new { name = "clerk", description = "new" })).Is(200);
        (await api.PutAsync($"{Roles}/clerk/parents/base", null)).Is(200);
        await api.AssignAsync("clerk", "alice");
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk")).Is(204);

        Assert.Equal(
            ["role.deleted", "role.revoked", "role.assigned", "role.hierarchy.changed", "role.updated", "role.created"],
            (await api.GetAsync("/api/v1/audit?limit=6")).Items.Select(record => record.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Resolution_MergesDirectAndInheritedOfActiveRoles()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "base:use");
        (await api.PostAsync(Roles, new { name = "clerk", permissions = new[] { "clerk:use" }, parent_role_id = "base" })).Is(201);
        await api.RoleAsync("off", "off:use");
        foreach (var role in new[] { "clerk", "off" })
        {
            await api.AssignAsync(role, "alice");
        }
        (await api.PutAsync($"{Roles}/off", new { name = "off", is_active = false, permissions = new[] { "off:use" } })).Is(200);

        Assert.Equal(["base:use", "clerk:use"], (await api.GetAsync("/api/v1/users/alice/permissions")).Texts("permissions"));
        Assert.Equal("granted", await api.ReasonAsync("alice", "base:use"));
        Assert.NotEqual("granted", await api.ReasonAsync("alice", "off:use"));
    }
}
