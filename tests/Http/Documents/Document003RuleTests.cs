using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>
/// Document 003, its business rules in their order: creation, assignment, hierarchy, and the order in which permissions are resolved.
/// Not here: conflicts between roles (<see cref="Endpoints.ConstraintTests"/>).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class Document003RuleTests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles";

    [Fact]
    public async Task Creation_NamesAreUniqueWithinATenantOnly()
    {
        var (one, other) = (await server.TenantAsync(), await server.TenantAsync());
        await one.RoleAsync("clerk");

        (await one.PostAsync(Roles, new { name = "clerk" })).Refused(409, "role_already_exists");
        (await one.PostAsync(Roles, new { name = "Clerk" })).Is(201);
        (await other.PostAsync(Roles, new { name = "clerk" })).Is(201);
    }

    [Fact]
    public async Task Creation_SystemRolesAreNeverModifiedOrDeleted()
    {
        var api = await server.TenantAsync();
        foreach (var name in new[] { "super_admin", "tenant_admin", "user_manager", "viewer" })
        {
            var before = (await api.GetAsync($"{Roles}/{name}")).Is(200);
            Assert.True(before["is_system_role"].GetBoolean());

            (await api.PutAsync($"{Roles}/{name}", new { name, permissions = new[] { "a:b" } })).Refused(409, "system_role_protected");
            (await api.DeleteAsync($"{Roles}/{name}")).Refused(409, "system_role_protected");
            (await api.DeleteAsync($"{Roles}/{name}?force=true")).Refused(409, "system_role_protected");
            (await api.PostAsync($"{Roles}/{name}/permissions", new { permission = "a:b" })).Refused(409, "system_role_protected");

            Assert.Equal(before.Text, (await api.GetAsync($"{Roles}/{name}")).Text);
        }
    }

    [Fact]
    public async Task Creation_LevelsAreConsistent()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Roles, new { name = "high", hierarchy_level = 60 })).Is(201);

        (await api.PostAsync(Roles, new { name = "low", hierarchy_level = 59, parent_role_id = "high" })).Refused(409, "level_inconsistent");
        Assert.Equal(60, (await api.PostAsync(Roles, new { name = "same", parent_role_id = "high" })).Is(201)["hierarchy_level"].GetInt32());
        (await api.PutAsync($"{Roles}/high", new { name = "high", hierarchy_level = 61 })).Refused(409, "level_inconsistent");
    }

    [Fact]
    public async Task Creation_ParentExistsAndIsActive()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Roles, new { name = "off", is_active = false })).Is(201);

        (await api.PostAsync(Roles, new { name = "x", parent_role_id = "nobody" })).Refused(400, "validation_failed", "parent_role_id");
        (await api.PostAsync(Roles, new { name = "x", parent_role_id = "off" })).Refused(409, "parent_inactive");
        (await api.GetAsync($"{Roles}/x")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Creation_AChainHasAtMostTenRoles()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("r1", "a:b");
        for (var i = 2; i <= 10; i++)
        {
            (await api.PostAsync(Roles, new { name = $"r{i}", parent_role_id = $"r{i - 1}" })).Is(201);
        }

        (await api.PostAsync(Roles, new { name = "r11", parent_role_id = "r10" })).Refused(409, "hierarchy_too_deep");
        await api.RoleAsync("top");
        (await api.PutAsync($"{Roles}/r1/parents/top", null)).Refused(409, "hierarchy_too_deep");
        await api.AssignAsync("r10", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
    }

    [Fact]
    public async Task Assignment_AUserMayHaveSeveralRoles_TheHighestIsTold()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Roles, new { name = "low", hierarchy_level = 5, permissions = new[] { "a:b", "only:low" } })).Is(201);
        (await api.PostAsync(Roles, new { name = "high", hierarchy_level = 50, permissions = new[] { "a:b" } })).Is(201);
        await api.AssignAsync("low", "alice");
        await api.AssignAsync("high", "alice");

        Assert.Equal(["high", "low"], (await api.GetAsync("/api/v1/users/alice/roles")).Items.Select(item => item.GetProperty("role_name").GetString()).Order());
        var both = await api.AskAsync(new { user = "alice", permission = "a:b" });
        Assert.Equal("high", both["matched_role"].GetString());
        Assert.Equal("granted", await api.ReasonAsync("alice", "only:low"));
    }

    [Fact]
    public async Task Assignment_TemporaryOnesHaveAnEndThatHolds()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        (await api.PostAsync($"{Roles}/clerk/assign", new { user_id = "alice", expires_at = "2098-06-01T00:00:00Z" })).Is(200);

        async Task<bool> AllowedAsync(string at) =>
            (await api.AskAsync(new { user = "alice", permission = "a:b", at }))["allow"].GetBoolean();

        Assert.True(await AllowedAsync("2098-05-31T23:59:59.999999Z"));
        Assert.False(await AllowedAsync("2098-06-01T00:00:00Z"));
        Assert.Single((await api.GetAsync("/api/v1/users/alice/roles?at=2098-05-31T23:59:59.999999Z")).Items);
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles?at=2098-06-01T00:00:00Z")).Items);
        var over = (await api.PostAsync($"{Roles}/clerk/assign", new { user_id = "bob", expires_at = "2001-01-01T00:00:00Z" })).Is(200);
        Assert.Equal("expired", over["status"].GetString());
        Assert.Equal("no_assignment", await api.ReasonAsync("bob", "a:b"));
    }

    [Fact]
    public async Task Assignment_ConditionsHaveToHold()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        (await api.PostAsync($"{Roles}/clerk/assign", """{"user_id":"alice","conditions":{"resource.region":"eu"}}""")).Is(200);

        async Task<string?> ReasonAsync(string region) => (await api.AskAsync(
            new { user = "alice", permission = "a:b", resource = new { properties = new { region } } }))["reason"].GetString();

        Assert.Equal("granted", await ReasonAsync("eu"));
        Assert.Equal("not_in_scope", await ReasonAsync("us"));
    }

    [Fact]
    public async Task Assignment_SystemRolesNeedElevatedRights()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("plain", "x:y");
        var (manager, admin) = (server.TokenOf("manager", api.Tenant), server.TokenOf("admin", api.Tenant));
        await api.AssignAsync("user_manager", "manager");
        await api.AssignAsync("tenant_admin", "admin");

        (await api.As(manager).PostAsync($"{Roles}/plain/assign", new { user_id = "bob" })).Is(200);
        (await api.As(manager).PostAsync($"{Roles}/viewer/assign", new { user_id = "bob" })).Refused(403, "forbidden");
        (await api.As(admin).PostAsync($"{Roles}/viewer/assign", new { user_id = "bob" })).Is(200);
        // Elevated or not: never above one's own level, never everything.
        (await api.As(admin).PostAsync($"{Roles}/super_admin/assign", new { user_id = "bob" })).Refused(403, "forbidden");

        Assert.Equal(["plain", "viewer"], (await api.GetAsync("/api/v1/users/bob/roles")).Items.Select(item => item.GetProperty("role_name").GetString()).Order());
    }

    [Fact]
    public async Task Hierarchy_InheritanceIsFullPartialConditionalOrNone()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "a:read", "a:write");
        var condition = new[] { new { type = "attribute_match", @params = new { attribute = "on", @operator = "eq", expected = true } } };
        (await api.PostAsync(Roles, new { name = "full", parent_role_id = "base" })).Is(201);
        (await api.PostAsync(Roles, new { name = "partial", parents = new[] { new { role_id = "base", inheritance_type = "partial", permissions = new[] { "a:read" } } } })).Is(201);
        (await api.PostAsync(Roles, new { name = "conditional", parents = new[] { new { role_id = "base", inheritance_type = "conditional", conditions = condition } } })).Is(201);
        (await api.PostAsync(Roles, new { name = "none", parents = new[] { new { role_id = "base", inheritance_type = "none" } } })).Is(201);
        foreach (var name in new[] { "full", "partial", "conditional", "none" })
        {
            await api.AssignAsync(name, name);
        }

        async Task<bool> MayAsync(string user, string permission, bool on) =>
            (await api.AskAsync(new { user, permission, context = new { on } }))["allow"].GetBoolean();

        Assert.Equal((true, true), (await MayAsync("full", "a:read", false), await MayAsync("full", "a:write", false)));
        Assert.Equal((true, false), (await MayAsync("partial", "a:read", true), await MayAsync("partial", "a:write", true)));
        Assert.Equal((true, false), (await MayAsync("conditional", "a:write", true), await MayAsync("conditional", "a:write", false)));
        Assert.Equal((false, false), (await MayAsync("none", "a:read", true), await MayAsync("none", "a:write", true)));
    }

    [Fact]
    public async Task Hierarchy_CirclesArePrevented()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("a");
        (await api.PostAsync(Roles, new { name = "b", parent_role_id = "a" })).Is(201);
        (await api.PostAsync(Roles, new { name = "c", parent_role_id = "b" })).Is(201);

        (await api.PutAsync($"{Roles}/a/parents/c", null)).Refused(409, "circular_hierarchy");
        (await api.PutAsync($"{Roles}/a/parents/c", new { inheritance_type = "none" })).Refused(409, "circular_hierarchy");
        (await api.PutAsync($"{Roles}/a", new { name = "a", parent_role_id = "a" })).Refused(409, "circular_hierarchy");
        Assert.Empty((await api.GetAsync($"{Roles}/a/hierarchy"))["ancestors"].EnumerateArray());
    }

    [Fact]
    public async Task Hierarchy_LevelsOrderTheResolution()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Roles, new { name = "base", hierarchy_level = 10, permissions = new[] { "a:b", "c:d" } })).Is(201);
        (await api.PostAsync(Roles, new { name = "a-low", hierarchy_level = 20, permissions = new[] { "a:b" }, parent_role_id = "base" })).Is(201);
        (await api.PostAsync(Roles, new { name = "z-high", hierarchy_level = 30, parent_role_id = "base" })).Is(201);
        await api.AssignAsync("a-low", "alice");
        await api.AssignAsync("z-high", "alice");

        // Sorted by level, each with what it has and inherits; all of it counts.
        Assert.Equal("z-high", (await api.AskAsync(new { user = "alice", permission = "a:b" }))["matched_role"].GetString());
        (await api.DeleteAsync($"{Roles}/z-high/users/alice")).Is(204);
        Assert.Equal("a-low", (await api.AskAsync(new { user = "alice", permission = "c:d" }))["matched_role"].GetString());
        Assert.Equal(["a:b", "c:d"], (await api.GetAsync("/api/v1/users/alice/permissions")).Texts("permissions"));
    }
}
