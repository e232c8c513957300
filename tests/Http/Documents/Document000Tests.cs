using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>
/// Document 000, a distributed role manager with an audit log: its components, features, known issues and security considerations.
/// README.md tells where each of its lines is held.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class Document000Tests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles", Audit = "/api/v1/audit";

    [Fact]
    public async Task Component1_AnAssignmentHasTimesMetadataAndContext()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");

        var made = (await api.PostAsync($"{Roles}/clerk/assign", new
        {
            user_id = "alice", starts_at = "2001-01-01T00:00:00Z", expires_at = "2098-01-01T00:00:00Z",
            scope = new { region = "eu" }, reason = "audit season", metadata = new { ticket = "T-1" },
        })).Is(200);

        var kept = Assert.Single((await api.GetAsync("/api/v1/users/alice/roles")).Items);
        Assert.Equal(made.Text, kept.GetRawText());
        Assert.Equal(("2001-01-01T00:00:00Z", "2098-01-01T00:00:00Z"), (kept.GetProperty("starts_at").GetString(), kept.GetProperty("expires_at").GetString()));
        Assert.Equal("""{"ticket":"T-1"}""", kept.GetProperty("metadata").GetRawText());
        Assert.Equal("audit season", kept.GetProperty("reason").GetString());
        Assert.Equal("granted", (await api.AskAsync(new { user = "alice", permission = "a:b", context = new { region = "eu" } }))["reason"].GetString());
        Assert.Equal("not_in_scope", await api.ReasonAsync("alice", "a:b"));
    }

    [Fact]
    public async Task Feature1_CreationVerifiesInheritanceAndParents_OrMakesNothing()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base");
        (await api.PostAsync(Roles, new { name = "off", is_active = false })).Is(201);
        var before = (await api.GetAsync(Audit)).Items.Count;

        (await api.PostAsync(Roles, new { name = "new", parent_role_id = "nobody" })).Refused(400, "validation_failed", "parent_role_id");
        (await api.PostAsync(Roles, new { name = "new", parents = new[] { new { role_id = "base" }, new { role_id = "off" } } })).Refused(409, "parent_inactive");
        (await api.PostAsync(Roles, new { name = "new", id = "new", parent_role_id = "new" })).Refused(409, "circular_hierarchy");

        (await api.GetAsync($"{Roles}/new")).Refused(404, "role_not_found");
        Assert.Equal(before, (await api.GetAsync(Audit)).Items.Count);
    }

    [Fact]
    public async Task Feature1_CreationIsAtomic()
    {
        var api = await server.TenantAsync();

        (await api.PostAsync(Roles, new { name = "new", permissions = new[] { "a:b", "nonsense" } })).Refused(400, "validation_failed", "permissions[1]");
        (await api.PostAsync(Roles, new { name = "new", assigned_to = new[] { "alice", "user:" } })).Refused(400, "validation_failed", "assigned_to[1]");
        (await api.GetAsync($"{Roles}/new")).Refused(404, "role_not_found");
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles")).Items);

        (await api.PostAsync(Roles, new { name = "new", permissions = new[] { "a:b" }, assigned_to = new[] { "alice", "service:robot" } })).Is(201);
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
        (await api.GetAsync("/api/v1/principals/service/robot/roles/new")).Is(200);
    }

    [Fact]
    public async Task Feature2_AssignmentCountsInTheNextQuestion()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
            await api.AssignAsync("clerk", "alice");
            Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
            (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Is(204);
        }
        (await api.PostAsync($"{Roles}/nobody/assign", new { user_id = "alice" })).Refused(404, "role_not_found");
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
    }

    // Idempotent, as the contract settles it: a second revoke is told that there is nothing, and changes nothing.
    [Fact]
    public async Task Feature3_RevocationIsIdempotentAndAudited()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");
        await api.AssignAsync("clerk", "bob");

        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Refused(404, "assignment_not_found");
        (await api.DeleteAsync($"{Roles}/clerk/users/alice")).Refused(404, "assignment_not_found");

        Assert.Single((await api.GetAsync($"{Audit}?action=role.revoked")).Items);
        Assert.Equal("granted", await api.ReasonAsync("bob", "a:b"));
    }

    [Fact]
    public async Task Feature4_RetrievalTellsRolesAsTheyAreNow()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "x:y");
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");
        async Task<IReadOnlyList<string?>> PermissionsAsync() => (await api.GetAsync("/api/v1/users/alice/permissions")).Texts("permissions");

        Assert.Equal(["a:b"], await PermissionsAsync());
        (await api.PutAsync($"{Roles}/clerk/parents/base", null)).Is(200);
        Assert.Equal(["a:b", "x:y"], await PermissionsAsync());
        (await api.PostAsync($"{Roles}/base/permissions", new { permission = "x:z" })).Is(200);
        Assert.Equal(["a:b", "x:y", "x:z"], await PermissionsAsync());
        (await api.PutAsync($"{Roles}/base", new { name = "base", is_active = false })).Is(200);
        Assert.Equal(["a:b"], await PermissionsAsync());
    }

    [Fact]
    public async Task KnownIssue2_RacingChangesOfOneUser_LoseNothing()
    {
        var api = await server.TenantAsync();
        var names = Enumerable.Range(0, 16).Select(i => $"r{i:00}").ToArray();
        foreach (var name in names)
        {
            await api.RoleAsync(name, $"{name}:use");
        }

        await Task.WhenAll(names.Select(name => api.AssignAsync(name, "alice")));
        Assert.Equal(names.Select(name => $"{name}:use"), (await api.GetAsync("/api/v1/users/alice/permissions")).Texts("permissions"));

        var ended = await Task.WhenAll(names.Concat(names).Select(name => api.DeleteAsync($"{Roles}/{name}/users/alice")));
        Assert.Equal((16, 16), (ended.Count(reply => reply.Status == 204), ended.Count(reply => reply.Status == 404)));
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles")).Items);
    }

    [Fact]
    public async Task Security1_NobodyMakesARoleThatGivesMoreThanTheyHold()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("maker", "authz.roles:read", "authz.roles:create", "authz.roles:update", "invoices:*");
        await api.RoleAsync("payer", "payments:approve");
        await api.AssignAsync("maker", "mallory");
        var mallory = api.As(server.TokenOf("mallory", api.Tenant));

        (await mallory.PostAsync(Roles, new { name = "mine", permissions = new[] { "invoices:read" } })).Is(201);
        (await mallory.PostAsync(Roles, new { name = "more", permissions = new[] { "payments:approve" } })).Refused(403, "forbidden");
        (await mallory.PostAsync(Roles, new { name = "more", parent_role_id = "payer" })).Refused(403, "forbidden");
        (await mallory.PutAsync($"{Roles}/mine/parents/payer", null)).Refused(403, "forbidden");
        (await mallory.PostAsync($"{Roles}/mine/permissions", new { permission = "*" })).Refused(403, "forbidden");
        (await mallory.PutAsync($"{Roles}/mine", new { name = "mine", hierarchy_level = 1 })).Refused(403, "forbidden");

        (await api.GetAsync($"{Roles}/more")).Refused(404, "role_not_found");
        Assert.Equal(["invoices:read"], (await api.GetAsync($"{Roles}/mine/permissions")).Texts("effective"));
        Assert.Equal(5, (await api.GetAsync($"{Audit}?action=access.refused&actor=user:mallory")).Items.Count);
    }

    [Fact]
    public async Task Security2_TheAuditLogTellsEveryChangeWithItsContext()
    {
        var api = await server.TenantAsync();
        (string, string) Request(string id) => ("X-Request-Id", id);
        await api.RoleAsync("base");
        (await api.PostAsync(Roles, new { name = "clerk", permissions = new[] { "a:b" } }, Request("1"))).Is(201);
        (await api.PutAsync($"{Roles}/clerk", new { name = "clerk", permissions = new[] { "c:d" } }, Request("2"))).Is(200);
        (await api.PutAsync($"{Roles}/clerk/parents/base", null, Request("3"))).Is(200);
        (await api.PostAsync($"{Roles}/clerk/assign", new { user_id = "alice", reason = "needed" }, Request("4"))).Is(200);
        (await api.DeleteAsync($"{Roles}/clerk/users/alice", Request("5"))).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk", Request("6"))).Is(204);

        var records = (await api.GetAsync($"{Audit}?limit=6")).Items.Reverse().ToArray();

        Assert.Equal(
            ["role.created", "role.updated", "role.hierarchy.changed", "role.assigned", "role.revoked", "role.deleted"],
            records.Select(record => record.GetProperty("action").GetString()));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], records.Select(record => record.GetProperty("request_id").GetString()));
        Assert.All(records, record => Assert.Equal("service:admin", record.GetProperty("actor").GetString()));
        Assert.Equal(["a:b"], records[1].GetProperty("before").GetProperty("permissions").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(["c:d"], records[1].GetProperty("after").GetProperty("permissions").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal("needed", records[3].GetProperty("reason").GetString());
        Assert.All(records[1..].Zip(records), pair => Assert.Equal(pair.Second.GetProperty("hash").GetString(), pair.First.GetProperty("previous_hash").GetString()));
        Assert.All(records[1..].Zip(records), pair => Assert.Equal(pair.Second.GetProperty("sequence").GetInt64() + 1, pair.First.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task Security3_NothingIsOpenWithoutARight()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        using var nobody = new HttpClient { BaseAddress = server.Url };
        var stranger = api.As(server.TokenOf("stranger", api.Tenant));

        (await new ApiClient(nobody, $"/tenants/{api.Tenant}").GetAsync(Roles)).Refused(401, "unauthenticated");
        (await stranger.GetAsync(Roles)).Refused(403, "forbidden");
        (await stranger.PostAsync($"{Roles}/clerk/assign", new { user_id = "stranger" })).Refused(403, "forbidden");
        (await stranger.GetAsync(Audit)).Refused(403, "forbidden");
        (await stranger.PostAsync("/api/v1/authorization/evaluate", new { user = "alice", permission = "a:b" })).Refused(403, "forbidden");

        Assert.Equal("no_assignment", await stranger.ReasonAsync("stranger", "a:b"));
    }

    [Fact]
    public async Task Security3_TenantsKnowNothingOfEachOther()
    {
        var (one, other) = (await server.TenantAsync(), await server.TenantAsync());
        var id = await one.RoleAsync("clerk", "a:b");
        await one.AssignAsync("clerk", "alice");
        await one.AssignAsync("tenant_admin", "boss");
        var boss = server.TokenOf("boss", one.Tenant);

        Assert.Equal("no_assignment", await other.ReasonAsync("alice", "a:b"));
        (await other.GetAsync($"{Roles}/{id}")).Refused(404, "role_not_found");
        Assert.Empty((await other.GetAsync("/api/v1/users/alice/roles")).Items);
        Assert.Single((await other.GetAsync(Audit)).Items);
        (await one.As(boss).GetAsync($"{Roles}/{id}")).Is(200);
        (await other.As(boss).GetAsync(Roles)).Refused(403, "forbidden");
        // A token for both is not yet a right in both.
        (await other.As(server.TokenOf("boss", one.Tenant, other.Tenant)).GetAsync(Roles)).Refused(403, "forbidden");
    }
}
