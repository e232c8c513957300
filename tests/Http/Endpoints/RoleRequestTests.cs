using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class RoleRequestTests(ServerFixture server)
{
    private const string Requests = "/api/v1/role-requests";

    [Fact]
    public async Task Workflow_FromAskingToTheAssignment_IsTimeBoundAndAudited()
    {
        var (api, alice, boss) = await FurnishAsync();

        var asked = (await alice.PostAsync(Requests, new { role = "clerk", duration = "PT8H", reason = "month end", ticket = "SEC-1" })).Is(201);

        var path = $"{Requests}/{asked["id"].GetString()}";
        Assert.EndsWith(path, asked.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(
            ("pending", "alice", "clerk", "PT8H", "user:alice", "SEC-1"),
            (asked["status"].GetString(), asked["user_id"].GetString(), asked["role_name"].GetString(), asked["duration"].GetString(), asked["requested_by"].GetString(), asked["ticket"].GetString()));
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "invoices:read"));
        Assert.Equal(asked.Text, (await alice.GetAsync(path)).Is(200).Text);
        Assert.Equal(asked["id"].GetString(), Assert.Single((await boss.GetAsync($"{Requests}?status=pending")).Is(200).Items).GetProperty("id").GetString());
        var pending = Assert.Single((await api.GetAsync("/api/v1/users/alice/roles?include_inactive=true")).Items);
        Assert.Equal(("pending", false), (pending.GetProperty("status").GetString(), pending.GetProperty("is_active").GetBoolean()));
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles")).Items);

        var done = (await boss.PostAsync($"{path}/approve", new { comment = "go on" })).Is(200);

        Assert.Equal(("approved", "user:boss", "go on"), (done["status"].GetString(), done["decided_by"].GetString(), done["comment"].GetString()));
        Assert.Equal("granted", await api.ReasonAsync("alice", "invoices:read"));
        var given = (await api.GetAsync($"/api/v1/assignments/{done["assignment_id"].GetString()}")).Is(200);
        Assert.Equal("user:boss", Assert.Single(given["approval"].GetProperty("approved_by").EnumerateArray()).GetString());
        Assert.Equal(
            (asked["id"].GetString(), "user:alice", "SEC-1"),
            (given["approval"].GetProperty("request_id").GetString(), given["approval"].GetProperty("requested_by").GetString(), given["approval"].GetProperty("ticket").GetString()));
        Assert.Equal(TimeSpan.FromHours(8), given["expires_at"].GetDateTimeOffset() - given["approval"].GetProperty("approved_at").GetDateTimeOffset());
        var told = (await api.GetAsync($"/api/v1/audit?target={asked["id"].GetString()}")).Items.Select(record => record.GetProperty("action").GetString()).Order();
        Assert.Equal(["request.approved", "request.created"], told);
        (await boss.PostAsync($"{path}/approve", new { })).Refused(409, "invalid_state");
        (await alice.PostAsync($"{path}/cancel", new { })).Refused(409, "invalid_state");
        (await alice.PostAsync(Requests, new { role = "clerk", duration = "PT8H", reason = "again" })).Refused(409, "invalid_state");
    }

    [Fact]
    public async Task RejectAndCancel_EndItAndGiveNothing()
    {
        var (api, alice, boss) = await FurnishAsync();

        foreach (var (caller, act, status) in new[] { (boss, "reject", "rejected"), (alice, "cancel", "cancelled") })
        {
            var path = $"{Requests}/{await AskAsync(alice)}";
            var ended = (await caller.PostAsync($"{path}/{act}", new { reason = "no" })).Is(200);
            Assert.Equal((status, "no"), (ended["status"].GetString(), ended["comment"].GetString()));
            (await boss.PostAsync($"{path}/approve", new { })).Refused(409, "invalid_state");
        }
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "invoices:read"));
        Assert.Equal(2, (await boss.GetAsync($"{Requests}?user_id=alice")).Items.Count);
        Assert.Single((await boss.GetAsync($"{Requests}?user_id=alice&status=rejected")).Items);
    }

    [Fact]
    public async Task Approve_OnesOwnOrWithoutTheRight_Is403()
    {
        var (api, alice, boss) = await FurnishAsync();
        await api.AssignAsync("approver", "alice");
        var own = await AskAsync(alice);

        (await alice.PostAsync($"{Requests}/{own}/approve", new { })).Refused(403, "forbidden");
        (await api.As(server.TokenOf("carol", api.Tenant)).PostAsync($"{Requests}/{own}/approve", new { })).Refused(403, "forbidden");
        // The role names its approvers: whoever else administers is none.
        (await api.PostAsync($"{Requests}/{own}/approve", new { })).Refused(403, "forbidden");
        (await boss.PostAsync($"{Requests}/{own}/approve", new { })).Is(200);
    }

    [Fact]
    public async Task Approve_ByAKeyOfWhoAsked_Is403()
    {
        var (api, alice, _) = await FurnishAsync();
        await api.AssignAsync("approver", "alice");
        await api.AssignAsync("keys", "alice");
        var key = (await alice.PostAsync("/api/v1/api-keys", new { name = "mine", roles = new[] { "approver" } })).Is(201)["key"].GetString()!;
        var asked = await AskAsync(alice);

        (await api.As(key).PostAsync($"{Requests}/{asked}/approve", new { })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Approve_ByWhoeverIsBehindTheKeys_Is403()
    {
        var (api, _, boss) = await FurnishAsync();
        foreach (var role in new[] { "keys", "requester" })
        {
            await api.AssignAsync(role, "boss");
        }
        (await api.PostAsync("/api/v1/roles", """{"name":"twice","permissions":["orders:read"],"request_policy":{"approvals":2}}""")).Is(201);
        var (one, other) = (await KeyAsync(boss, "approver", "requester"), await KeyAsync(boss, "approver", "requester"));
        async Task<string> OpenAsync(ApiClient caller, object body) => (await caller.PostAsync(Requests, body)).Is(201)["id"].GetString()!;

        // What a key asks for is asked for by who made it, whoever is to have it; so is what a key of the same maker approves.
        var own = await OpenAsync(one, new { role = "open", duration = "PT1H" });
        var ofOthers = await OpenAsync(one, new { role = "open", user_id = "mallory", duration = "PT1H" });
        foreach (var (asked, approver) in new[] { (own, boss), (ofOthers, boss), (own, other), (ofOthers, other) })
        {
            (await approver.PostAsync($"{Requests}/{asked}/approve", new { })).Refused(403, "forbidden");
        }
        // However long the chain.
        var last = boss;
        for (var i = 0; i < 9; i++)
        {
            last = await KeyAsync(last, "approver", "keys");
        }
        var bosses = await OpenAsync(boss, new { role = "open", user_id = "carol", duration = "PT1H" });
        (await last.PostAsync($"{Requests}/{bosses}/approve", new { })).Refused(403, "forbidden");
        // A second approval is another's.
        await api.AssignAsync("requester", "dave");
        var two = await OpenAsync(api.As(server.TokenOf("dave", api.Tenant)), new { role = "twice", user_id = "dave", duration = "PT1H" });
        (await boss.PostAsync($"{Requests}/{two}/approve", new { })).Is(200);
        (await one.PostAsync($"{Requests}/{two}/approve", new { })).Refused(409, "invalid_state");
        // And who is in a team that gets it gets it, by a key too.
        (await api.PutAsync("/api/v1/teams/blue/members/boss", null)).Is(204);
        var team = await OpenAsync(api.As(server.TokenOf("dave", api.Tenant)), new { role = "open", principal = new { type = "team", id = "blue" }, duration = "PT1H" });
        (await one.PostAsync($"{Requests}/{team}/approve", new { })).Refused(403, "forbidden");

        static async Task<ApiClient> KeyAsync(ApiClient maker, params string[] roles) =>
            maker.As((await maker.PostAsync("/api/v1/api-keys", new { name = "k", roles })).Is(201)["key"].GetString()!);
    }

    [Fact]
    public async Task Approve_ByWhoeverGaveTheKeyThatAskedAnotherSecret_Is403()
    {
        var (api, _, boss) = await FurnishAsync();
        foreach (var role in new[] { "keys", "requester" })
        {
            await api.AssignAsync(role, "boss");
        }
        await api.RoleAsync("rotator", "authz.keys:update", "authz.requests:*", "invoices:*", "orders:*");
        await api.AssignAsync("rotator", "ulla");
        var ulla = api.As(server.TokenOf("ulla", api.Tenant));
        var made = (await boss.PostAsync("/api/v1/api-keys", new { name = "k", roles = new[] { "requester" } })).Is(201);
        var token = (await ulla.PostAsync($"/api/v1/api-keys/{made["id"].GetString()}/rotate", new { })).Is(200)["key"].GetString()!;
        var asked = (await api.As(token).PostAsync(Requests, new { role = "open", duration = "PT1H" })).Is(201)["id"].GetString();

        // However often it gets another since.
        (await boss.PostAsync($"/api/v1/api-keys/{made["id"].GetString()}/rotate", new { })).Refused(403, "forbidden");
        (await api.PostAsync($"/api/v1/api-keys/{made["id"].GetString()}/rotate", new { })).Is(200);
        foreach (var approver in new[] { ulla, boss })
        {
            (await approver.PostAsync($"{Requests}/{asked}/approve", new { })).Refused(403, "forbidden");
        }
        (await api.PostAsync($"{Requests}/{asked}/approve", new { })).Is(200);
    }

    [Fact]
    public async Task Approve_OfWhatTheRoleDoesNotAllowAnyMore_Is409()
    {
        var (api, alice, boss) = await FurnishAsync();
        var asked = await AskAsync(alice);
        async Task<Reply> ApproveUnderAsync(string policy)
        {
            (await api.PutAsync("/api/v1/roles/clerk", $$"""{"name":"clerk","permissions":["invoices:read"],"request_policy":{{policy}}}""")).Is(200);
            return await boss.PostAsync($"{Requests}/{asked}/approve", new { });
        }

        (await ApproveUnderAsync("""{"requesters":["alice"],"max_duration":"PT30M"}""")).Refused(409, "invalid_state");
        (await ApproveUnderAsync("""{"requesters":["bob"],"max_duration":"PT8H"}""")).Refused(409, "invalid_state");
        (await ApproveUnderAsync("""{"requesters":["alice"],"require_ticket":true}""")).Refused(409, "invalid_state");
        (await ApproveUnderAsync("""{"requesters":["alice"],"max_duration":"PT8H"}""")).Is(200);
    }

    [Fact]
    public async Task WhoHasNoRight_SeesAndEndsWhatIsItsOwnOnly()
    {
        var (api, alice, _) = await FurnishAsync();
        var asked = await AskAsync(alice);
        var carol = api.As(server.TokenOf("carol", api.Tenant));

        (await alice.GetAsync($"{Requests}?user_id=alice")).Is(200);
        foreach (var caller in new[] { alice, carol })
        {
            (await caller.GetAsync(Requests)).Refused(403, "forbidden");
            (await caller.GetAsync($"{Requests}?user_id=bob")).Refused(403, "forbidden");
            (await caller.GetAsync($"{Requests}/nothing")).Refused(403, "forbidden");
            (await caller.PostAsync($"{Requests}/nothing/cancel", new { })).Refused(403, "forbidden");
        }
        (await carol.GetAsync($"{Requests}/{asked}")).Refused(403, "forbidden");
        (await carol.PostAsync($"{Requests}/{asked}/cancel", new { })).Refused(403, "forbidden");
        (await carol.PostAsync(Requests, new { role = "clerk", duration = "PT1H", reason = "r" })).Refused(403, "forbidden");
        (await alice.PostAsync(Requests, new { role = "clerk", user_id = "carol", duration = "PT1H", reason = "r" })).Refused(403, "forbidden");
        (await api.GetAsync($"{Requests}/nothing")).Refused(404, "request_not_found");
        (await alice.PostAsync($"{Requests}/{asked}/cancel", new { })).Is(200);
    }

    [Theory]
    [InlineData("""{"role":"clerk","reason":"r"}""", "duration")]
    [InlineData("""{"role":"clerk","reason":"r","duration":"PT9H"}""", "duration")]
    [InlineData("""{"role":"clerk","reason":"r","duration":"8h"}""", "duration")]
    [InlineData("""{"role":"clerk","reason":"r","duration":"PT0S"}""", "duration")]
    [InlineData("""{"role":"clerk","reason":"r","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"role":"clerk","reason":"r","expires_at":"2999-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"role":"clerk","duration":"PT1H"}""", "reason")]
    [InlineData("""{"role":"nobody","reason":"r","duration":"PT1H"}""", "role")]
    [InlineData("""{"reason":"r","duration":"PT1H"}""", "role")]
    [InlineData("""{"role":"clerk","reason":"r","duration":"PT1H","typo":1}""", "typo")]
    [InlineData("""{"role":"clerk","reason":"r","duration":"PT1H","user_id":""}""", "user_id")]
    [InlineData("""{"role":"clerk","reason":"r","duration":"PT1H","scope":[]}""", "scope")]
    public async Task Create_BadBody_IsRefusedAndStoresNothing(string body, string field)
    {
        var (api, alice, _) = await FurnishAsync();
        await api.AssignAsync("requester", "alice");

        (await alice.PostAsync(Requests, body)).Refused(400, "validation_failed", field);

        Assert.Empty((await api.GetAsync(Requests)).Is(200).Items);
    }

    [Theory]
    [InlineData("""{"user_id":"bob","approved":false,"expires_at":"2998-01-01T00:00:00Z"}""")]
    [InlineData("""{"user_id":"bob","requires_approval":true,"expires_at":"2998-01-01T00:00:00Z"}""")]
    public async Task Assign_ThatIsToBeApproved_AnswersWithARequest(string body)
    {
        var (api, _, boss) = await FurnishAsync();

        var asked = (await api.PostAsync("/api/v1/roles/open/assign", body)).Is(202);

        Assert.Equal("pending", asked["status"].GetString());
        Assert.Equal("no_assignment", await api.ReasonAsync("bob", "orders:read"));
        (await api.PostAsync("/api/v1/roles/nobody/assign", body)).Refused(404, "role_not_found");
        (await api.PostAsync($"{Requests}/{asked["id"].GetString()}/approve", new { })).Refused(403, "forbidden");
        var done = (await boss.PostAsync($"{Requests}/{asked["id"].GetString()}/approve", new { })).Is(200);
        Assert.Equal("approved", done["status"].GetString());
        Assert.Equal("granted", await api.ReasonAsync("bob", "orders:read"));
        Assert.Equal(2998, (await api.GetAsync($"/api/v1/assignments/{done["assignment_id"].GetString()}"))["expires_at"].GetDateTimeOffset().Year);
    }

    [Fact]
    public async Task RequestPolicy_IsPartOfTheRoleInRepliesAndExports()
    {
        var (api, _, _) = await FurnishAsync();

        var policy = (await api.GetAsync("/api/v1/roles/clerk")).Is(200)["request_policy"];
        Assert.Equal(
            ("user:alice", "role:approver", 1, "PT8H", true, false),
            (policy.GetProperty("requesters")[0].GetString(), policy.GetProperty("approvers")[0].GetString(), policy.GetProperty("approvals").GetInt32(),
            policy.GetProperty("max_duration").GetString(), policy.GetProperty("require_reason").GetBoolean(), policy.GetProperty("require_ticket").GetBoolean()));

        var export = (await api.GetAsync("/api/v1/export?format=json")).Is(200).Text;
        var other = await server.TenantAsync();
        (await other.PostAsync("/api/v1/import?format=authz", export)).Is(200);

        Assert.Equal(policy.GetRawText(), (await other.GetAsync("/api/v1/roles/clerk"))["request_policy"].GetRawText());
        (await api.PutAsync("/api/v1/roles/clerk", new { name = "clerk", permissions = new[] { "invoices:read" } })).Is(200);
        Assert.False((await api.GetAsync("/api/v1/roles/clerk")).Json.TryGetProperty("request_policy", out _));
    }

    [Fact]
    public async Task Delete_OfARoleThatIsAskedFor_NeedsForceAndEndsIt()
    {
        var (api, alice, boss) = await FurnishAsync();
        var asked = await AskAsync(alice);

        (await api.DeleteAsync("/api/v1/roles/clerk")).Refused(409, "role_in_use");
        (await api.DeleteAsync("/api/v1/roles/clerk?force=true")).Is(204);

        Assert.Equal("cancelled", (await boss.GetAsync($"{Requests}/{asked}"))["status"].GetString());
    }

    private static async Task<string> AskAsync(ApiClient caller) =>
        (await caller.PostAsync(Requests, new { role = "clerk", duration = "PT1H", reason = "r" })).Is(201)["id"].GetString()!;

    /// <summary>Alice may ask for clerk, without any right of her own; boss approves what it gives.</summary>
    private async Task<(ApiClient Api, ApiClient Alice, ApiClient Boss)> FurnishAsync()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync("/api/v1/roles", """
            {"name":"clerk","permissions":["invoices:read"],
             "request_policy":{"requesters":["alice"],"approvers":["role:approver"],"max_duration":"PT8H","require_reason":true}}
            """)).Is(201);
        await api.RoleAsync("open", "orders:read");
        await api.RoleAsync("approver", "authz.requests:approve", "authz.requests:read", "invoices:*", "orders:*");
        await api.RoleAsync("requester", "authz.requests:create");
        await api.RoleAsync("keys", "authz.keys:create", "authz.assignments:create");
        await api.AssignAsync("approver", "boss");
        return (api, api.As(server.TokenOf("alice", api.Tenant)), api.As(server.TokenOf("boss", api.Tenant)));
    }
}
