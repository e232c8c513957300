using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>
/// Document 002, roles and permissions of elections: concepts, data model, API surface, workflows, audit, acceptance criteria.
/// Not here: its policy engine (<see cref="Endpoints.PolicyTests"/>), role requests (<see cref="Endpoints.RoleRequestTests"/>) and notifications (<see cref="Endpoints.EventTests"/>).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class Document002Tests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles", Evaluate = "/api/v1/authorization/evaluate";

    // Its permissions are atomic actions in the dotted form: votes.submit.
    [Theory]
    [InlineData("voter", "votes.submit elections.read", "elections.create votes.audit candidates.create")]
    [InlineData("auditor", "elections.read votes.audit audit.read audit.export", "votes.submit elections.create")]
    [InlineData("election-admin", "elections.create elections.read elections.delete candidates.create", "votes.submit votes.audit audit.read")]
    [InlineData("super-admin", "votes.submit elections.create votes.audit candidates.delete anything.at.all", "")]
    public async Task Concepts_RolesAreNamedSetsOfPermissions(string role, string allowed, string denied)
    {
        var api = await server.TenantAsync(["elections"]);
        await api.AssignAsync(role, "alice");
        async Task AllAsync(string permissions, string reason)
        {
            foreach (var permission in permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.Equal((permission, reason), (permission, await api.ReasonAsync("alice", permission)));
            }
        }

        await AllAsync(allowed, "granted");
        await AllAsync(denied, "permission_not_granted");
    }

    // At most 64 characters in the document; the contract: 100. Unique in the tenant.
    [Fact]
    public async Task DataModel_RoleHasAUniqueNameAndAListOfPermissions()
    {
        var api = await server.TenantAsync(["elections"]);
        var name = new string('n', 100);

        Assert.Equal(["elections:read", "votes:submit"], (await api.PostAsync(Roles, new { name, permissions = new[] { "votes.submit", "elections:read" } })).Is(201).Texts("permissions"));
        (await api.PostAsync(Roles, new { name })).Refused(409, "role_already_exists");
        (await api.PostAsync(Roles, new { name = name + "n" })).Refused(400, "validation_failed", "name");
        (await api.PostAsync(Roles, new { name = "x", permissions = "votes.submit" })).Refused(400, "validation_failed", "permissions");
    }

    [Fact]
    public async Task DataModel_UserRoleHasScopeStartAndEnd()
    {
        var api = await server.TenantAsync(["elections"]);
        var made = (await api.PostAsync($"{Roles}/voter/assign", new
        {
            user_id = "alice", scope = new { election_id = "e1", campus = "north" }, start_at = "2097-01-01T00:00:00Z", end_at = "2098-01-01T00:00:00Z", approved = true,
        })).Is(200);
        async Task<bool> MayAsync(string at, object scope) => (await api.AskAsync(new { user = "alice", permission = "votes.submit", at, scope }))["allow"].GetBoolean();

        Assert.Equal(("2097-01-01T00:00:00Z", "2098-01-01T00:00:00Z", "scheduled"), (made["starts_at"].GetString(), made["expires_at"].GetString(), made["status"].GetString()));
        var here = new { election_id = "e1", campus = "north" };
        Assert.True(await MayAsync("2097-01-01T00:00:00Z", here));
        Assert.False(await MayAsync("2096-12-31T23:59:59.999999Z", here));
        Assert.False(await MayAsync("2098-01-01T00:00:00Z", here));
        Assert.False(await MayAsync("2097-06-01T00:00:00Z", new { election_id = "e2", campus = "north" }));
        Assert.False(await MayAsync("2097-06-01T00:00:00Z", new { election_id = "e1" }));
    }

    [Fact]
    public async Task DataModel_WhatIsNotApprovedIsNotGiven()
    {
        var api = await server.TenantAsync(["elections"]);

        (await api.PostAsync($"{Roles}/voter/assign", new { user_id = "alice", approved = false })).Is(202);

        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "votes.submit"));
        Assert.Empty((await api.GetAsync($"{Roles}/voter/assignments")).Items);
    }

    [Fact]
    public async Task Api_ItsFourPathsAreThere()
    {
        var api = await server.TenantAsync(["elections"]);

        (await api.PostAsync("/api/roles/", new { name = "observer", permissions = new[] { "elections.read" } })).Is(201);
        (await api.PostAsync("/api/roles/observer/assign/", new { user_id = "alice", scope = new { election_id = "e1" } })).Is(200);
        var answer = (await api.PostAsync("/api/authorization/evaluate/", new { user = "alice", permission = "elections.read", scope = new { election_id = "e1" } })).Is(200);
        Assert.Equal(["elections:read"], (await api.GetAsync("/api/roles/observer/permissions/")).Is(200).Texts("direct"));

        Assert.True(answer["allow"].GetBoolean());
        Assert.Equal(("granted", "elections:read", "observer"), (answer["reason"].GetString(), answer["matched_permission"].GetString(), answer["matched_role"].GetString()));
        Assert.True(answer["model_revision"].GetInt64() > 0);
    }

    [Fact]
    public async Task Purpose_ServicesAskWithTheRightToAskAndNoOther()
    {
        var api = await server.TenantAsync(["elections"]);
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.AssignAsync("voter", "alice");
        var made = (await api.PostAsync("/api/v1/api-keys", new { name = "voting engine", roles = new[] { "asker" }, tenants = new[] { api.Tenant } })).Is(201);
        var engine = api.As(made["key"].GetString()!);

        Assert.Equal("granted", await engine.ReasonAsync("alice", "votes.submit"));
        Assert.Equal("permission_not_granted", await engine.ReasonAsync("alice", "elections.create"));
        (await engine.GetAsync(Roles)).Refused(403, "forbidden");
        (await engine.PostAsync($"{Roles}/voter/assign", new { user_id = "bob" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task PolicyEngine_ChangesCountInTheNextDecision()
    {
        var api = await server.TenantAsync(["elections"]);
        await api.RoleAsync("observer", "elections.read");
        await api.AssignAsync("observer", "alice");

        Assert.Equal("granted", await api.ReasonAsync("alice", "elections.read"));
        (await api.DeleteAsync($"{Roles}/observer/permissions/elections.read")).Is(204);
        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "elections.read"));
    }

    // That they also notify: EventTests.
    [Fact]
    public async Task Workflow_TemporaryRolesEndByThemselves()
    {
        var api = await server.TenantAsync(["elections"]);
        (await api.PostAsync($"{Roles}/election-admin/assign", new { user_id = "alice", end_at = "2098-01-01T00:00:00Z" })).Is(200);

        var last = await api.AskAsync(new { user = "alice", permission = "elections.create", at = "2097-12-31T23:59:59.999999Z" });
        Assert.Equal((true, "2098-01-01T00:00:00Z"), (last["allow"].GetBoolean(), last["valid_until"].GetString()));
        Assert.Equal("no_assignment", (await api.AskAsync(new { user = "alice", permission = "elections.create", at = "2098-01-01T00:00:00Z" }))["reason"].GetString());
        Assert.Equal("expired", Assert.Single((await api.GetAsync("/api/v1/users/alice/roles?at=2098-01-01T00:00:00Z&include_inactive=true")).Items).GetProperty("status").GetString());
    }

    // Of policies: PolicyTests. Their encryption at rest: VaultTests.
    [Fact]
    public async Task Audit_RoleChangesHaveStateBeforeAndAfter()
    {
        var api = await server.TenantAsync(["elections"]);
        var id = await api.RoleAsync("observer", "elections.read");
        (await api.PutAsync($"{Roles}/observer", new { name = "watcher", permissions = new[] { "elections.read", "votes.audit" } })).Is(200);
        (await api.DeleteAsync($"{Roles}/watcher")).Is(204);

        var records = (await api.GetAsync($"/api/v1/audit?target=role:{id}")).Items;

        Assert.Equal(["role.deleted", "role.updated", "role.created"], records.Select(record => record.GetProperty("action").GetString()));
        var (before, after) = (records[1].GetProperty("before"), records[1].GetProperty("after"));
        Assert.Equal(("observer", "watcher"), (before.GetProperty("name").GetString(), after.GetProperty("name").GetString()));
        Assert.Equal((1, 2), (before.GetProperty("permissions").GetArrayLength(), after.GetProperty("permissions").GetArrayLength()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, records[2].GetProperty("before").ValueKind);
        Assert.Equal("watcher", records[0].GetProperty("before").GetProperty("name").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, records[0].GetProperty("after").ValueKind);
    }

    // The other criterion, approval workflows with audit trails: RoleRequestTests.
    [Fact]
    public async Task Acceptance_DecisionsAreConsistent()
    {
        var api = await server.TenantAsync(["elections"]);
        await api.AssignAsync("auditor", "alice");
        foreach (var (permission, expected) in new[] { ("votes.audit", true), ("votes.submit", false) })
        {
            var question = new { user = "alice", permission };
            var single = await api.AskAsync(question);
            Assert.Equal(expected, single["allow"].GetBoolean());
            Assert.Equal(single.Text, (await api.AskAsync(question)).Text);
            Assert.Equal(single.Text, (await api.AskAsync(new { subject = new { type = "user", id = "alice" }, permission = permission.Replace('.', ':') })).Text);
            var batch = (await api.PostAsync($"{Evaluate}/batch", new { evaluations = new[] { question, question } })).Is(200)["decisions"];
            Assert.All(batch.EnumerateArray(), item => Assert.Equal(single.Text, item.GetRawText()));
            Assert.Equal(single["reason"].GetString(), (await api.PostAsync("/api/v1/authorization/explain", question)).Is(200)["reason"].GetString());
        }
    }
}
