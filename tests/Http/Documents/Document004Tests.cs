using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>
/// Document 004, role management: its contract, examples, error handling, security and licence gating, over HTTP. Its acceptance table:
/// <see cref="Document004AcceptanceTests"/>. Not here: the .NET contract and its builder (the clients' <c>Document004Suite</c>), policies of a role (<see cref="Endpoints.PolicyTests"/>).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class Document004Tests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles", Unavailable = "feature_not_available";
    private static readonly string[] Pack = ["knowledge"];

    [Fact]
    public async Task Contract_GetRole_ByIdAndByName()
    {
        var api = await server.TenantAsync(Pack);
        var id = await api.RoleAsync("API Reviewer");

        Assert.Equal(id, (await api.GetAsync($"{Roles}/API%20Reviewer")).Is(200)["id"].GetString());
        Assert.Equal("API Reviewer", (await api.GetAsync($"{Roles}/{id}")).Is(200)["name"].GetString());
        Assert.Equal("role_Editor", (await api.GetAsync($"{Roles}/Editor")).Is(200)["id"].GetString());
        (await api.GetAsync($"{Roles}/api%20reviewer")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Contract_CreateRole_NameIsNeededShortAndNew()
    {
        var api = await server.TenantAsync(Pack);
        await api.RoleAsync("DataAnalyst", "entity:read");

        (await api.PostAsync(Roles, new { name = " " })).Refused(400, "validation_failed", "name");
        (await api.PostAsync(Roles, new { name = new string('n', 101) })).Refused(400, "validation_failed", "name");
        (await api.PostAsync(Roles, new { name = new string('n', 100) })).Is(201);
        // A built-in one is nothing that a caller makes.
        (await api.PostAsync(Roles, new { name = "x", is_system_role = true })).Refused(400, "validation_failed", "is_system_role");
    }

    [Fact]
    public async Task Contract_UpdateRole_MissingOrToATakenName_IsRefused()
    {
        var api = await server.TenantAsync(Pack);
        await api.RoleAsync("one");
        await api.RoleAsync("two");

        (await api.PutAsync($"{Roles}/nobody", new { name = "nobody" })).Refused(404, "role_not_found");
        (await api.PutAsync($"{Roles}/one", new { name = "two" })).Refused(409, "role_already_exists");
        (await api.PutAsync($"{Roles}/one", new { name = "Editor" })).Refused(409, "role_already_exists");
        Assert.Equal("three", (await api.PutAsync($"{Roles}/one", new { name = "three" })).Is(200)["name"].GetString());
    }

    // The document deletes a role that somebody holds; the contract: only with `force`, and that revokes.
    [Fact]
    public async Task Contract_DeleteRole_ItsHoldersLoseItAtOnce()
    {
        var api = await server.TenantAsync(Pack);
        await api.RoleAsync("clerk", "entity:read");
        await api.AssignAsync("clerk", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "entity:read"));

        (await api.DeleteAsync($"{Roles}/clerk")).Refused(409, "role_in_use");
        (await api.DeleteAsync($"{Roles}/clerk?force=true")).Is(204);

        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "entity:read"));
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles")).Items);
        await api.RoleAsync("clerk", "entity:read");
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "entity:read"));
    }

    [Fact]
    public async Task Contract_AssignAndRevoke_UsersAndTeams()
    {
        var api = await server.TenantAsync(Pack);
        (await api.PostAsync($"{Roles}/nobody/assign", new { user_id = "alice" })).Refused(404, "role_not_found");
        await api.AssignAsync("Viewer", "alice");
        (await api.PostAsync($"{Roles}/Editor/assign", new { principal = new { type = "team", id = "docs" } })).Is(200);
        (await api.PutAsync("/api/v1/teams/docs/members/alice", null)).Is(204);

        Assert.Equal("role_Viewer", Assert.Single((await api.GetAsync("/api/v1/users/alice/roles")).Items).GetProperty("role_id").GetString());
        Assert.Equal("role_Editor", Assert.Single((await api.GetAsync("/api/v1/teams/docs/roles")).Items).GetProperty("role_id").GetString());
        Assert.Equal(["docs"], (await api.GetAsync($"{Roles}/Editor/assignments")).Items.Select(item => item.GetProperty("principal").GetProperty("id").GetString()));
        Assert.Equal("granted", await api.ReasonAsync("alice", "claim:validate"));

        (await api.DeleteAsync($"{Roles}/Editor/teams/docs")).Is(204);
        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "claim:validate"));
        // The document is silent about a revoke of nothing; the contract: 404.
        (await api.DeleteAsync($"{Roles}/Editor/teams/docs")).Refused(404, "assignment_not_found");
    }

    [Fact]
    public async Task Record_RoleAssignment_HasEveryMember()
    {
        var api = await server.TenantAsync(Pack);
        var made = (await api.PostAsync($"{Roles}/Viewer/assign", new { principal = new { type = "team", id = "docs" }, expires_at = "2098-01-01T00:00:00Z", reason = "season" })).Is(200);

        Assert.NotEmpty(made["id"].GetString()!);
        Assert.Equal(("team", "docs"), (made["principal"].GetProperty("type").GetString(), made["principal"].GetProperty("id").GetString()));
        Assert.Equal(("role_Viewer", "Viewer"), (made["role_id"].GetString(), made["role_name"].GetString()));
        Assert.Equal(("2098-01-01T00:00:00Z", true, "season"), (made["expires_at"].GetString(), made["is_active"].GetBoolean(), made["reason"].GetString()));
        Assert.Equal("service:admin", made["granted_by"].GetString());
        Assert.True(made["granted_at"].GetDateTimeOffset() > DateTimeOffset.UnixEpoch);

        (await api.PatchAsync($"/api/v1/assignments/{made["id"].GetString()}", new { is_active = false })).Is(200);
        (await api.PutAsync("/api/v1/teams/docs/members/alice", null)).Is(204);
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "entity:read"));
    }

    // Its policy, "APIs only", is in the clients' Document004Suite.
    [Fact]
    public async Task Examples_ApiReviewer_IsMadeGivenAndChanged()
    {
        var api = await server.TenantAsync(Pack);
        var permissions = new List<string> { "entity:read", "claim:validate", "validation:run" };
        var id = (await api.PostAsync(Roles, new { name = "API Reviewer", description = "Reviews and validates API documentation", permissions })).Is(201)["id"].GetString()!;
        (await api.PostAsync($"{Roles}/{id}/assign", new { user_id = "alice", expires_at = "2098-04-01T00:00:00Z" })).Is(200);
        (await api.PostAsync($"{Roles}/{id}/assign", new { principal = new { type = "team", id = "docs" } })).Is(200);
        Assert.Equal("granted", await api.ReasonAsync("alice", "validation:run"));
        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "inference:run"));

        permissions.Add("inference:run");
        (await api.PutAsync($"{Roles}/{id}", new { name = "API Reviewer", description = "Reviews and validates API documentation", permissions })).Is(200);

        Assert.Equal("granted", await api.ReasonAsync("alice", "inference:run"));
        Assert.Equal(2, (await api.GetAsync($"{Roles}/{id}/assignments")).Items.Count);
    }

    [Fact]
    public async Task Errors_BuiltInModification_IsClearAndAudited()
    {
        var api = await server.TenantAsync(Pack);
        foreach (var name in new[] { "Viewer", "Contributor", "Editor", "Admin" })
        {
            var before = (await api.GetAsync($"{Roles}/{name}")).Text;
            var refused = (await api.PutAsync($"{Roles}/{name}", new { name })).Refused(409, "system_role_protected");
            (await api.DeleteAsync($"{Roles}/{name}")).Refused(409, "system_role_protected");
            Assert.Contains(name, refused["detail"].GetString(), StringComparison.Ordinal);
            Assert.Equal(before, (await api.GetAsync($"{Roles}/{name}")).Text);
        }
        Assert.Equal(8, (await api.GetAsync("/api/v1/audit?action=access.refused")).Items.Count);
    }

    [Fact]
    public async Task Errors_DuplicateName_IsHelpful()
    {
        var api = await server.TenantAsync(Pack);
        await api.RoleAsync("DataAnalyst");
        foreach (var name in new[] { "Editor", "DataAnalyst" })
        {
            Assert.Contains($"`{name}`", (await api.PostAsync(Roles, new { name })).Refused(409, "role_already_exists")["detail"].GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(5, (await api.GetAsync(Roles)).Items.Count);
    }

    [Fact]
    public async Task Errors_ExpiredAssignment_StaysButCountsNoMore()
    {
        var api = await server.TenantAsync(Pack);
        var made = (await api.PostAsync($"{Roles}/Editor/assign", new { user_id = "alice", expires_at = "2001-01-01T00:00:00Z" })).Is(200);

        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "claim:validate"));
        Assert.Empty((await api.GetAsync("/api/v1/users/alice/roles")).Items);
        var kept = (await api.GetAsync($"/api/v1/assignments/{made["id"].GetString()}")).Is(200);
        Assert.Equal(("expired", false), (kept["status"].GetString(), kept["is_active"].GetBoolean()));
    }

    [Fact]
    public async Task Security_NobodyEscalatesByAssigning_AndEveryAttemptIsAudited()
    {
        var api = await server.TenantAsync(Pack);
        await api.AssignAsync("Contributor", "alice");
        await api.RoleAsync("assigner", "authz.assignments:*");
        await api.AssignAsync("assigner", "alice");
        await api.RoleAsync("validator", "claim:validate");
        await api.RoleAsync("reader", "claim:read");
        var alice = api.As(server.TokenOf("alice", api.Tenant));

        (await alice.PostAsync($"{Roles}/reader/assign", new { user_id = "bob" })).Is(200);
        (await alice.PostAsync($"{Roles}/validator/assign", new { user_id = "alice" })).Refused(403, "forbidden");
        (await alice.PostAsync($"{Roles}/Admin/assign", new { user_id = "alice" })).Refused(403, "forbidden");

        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "claim:validate"));
        Assert.Equal(["access.refused", "access.refused", "role.assigned"], (await api.GetAsync("/api/v1/audit?actor=user:alice")).Items.Select(record => record.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Licence_Core_HasNoRoleManagement()
    {
        var api = await LicensedAsync("core");

        (await api.GetAsync(Roles)).Refused(403, Unavailable);
        (await api.PostAsync(Roles, new { name = "x" })).Refused(403, Unavailable);
        (await api.PostAsync($"{Roles}/Viewer/assign", new { user_id = "alice" })).Refused(403, Unavailable);
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "entity:read"));
    }

    // Read-only in the document; the contract: the roles are, and they are assigned.
    [Fact]
    public async Task Licence_WriterPro_HasBuiltInRolesAsTheyAre()
    {
        var api = await LicensedAsync("writer_pro");

        Assert.Equal(4, (await api.GetAsync(Roles)).Is(200).Items.Count);
        await api.AssignAsync("Viewer", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "entity:read"));
        (await api.PostAsync(Roles, new { name = "x" })).Refused(403, Unavailable);
        (await api.PutAsync($"{Roles}/Viewer", new { name = "Viewer" })).Refused(403, Unavailable);
    }

    // What `enterprise` has besides, policies: EditionTests.
    [Theory]
    [InlineData("teams")]
    [InlineData("enterprise")]
    public async Task Licence_TeamsAndAbove_HaveFullRoleManagement(string edition)
    {
        var api = await LicensedAsync(edition);

        var id = await api.RoleAsync("clerk", "entity:read");
        (await api.PutAsync($"{Roles}/{id}", new { name = "clerk", permissions = new[] { "claim:read" } })).Is(200);
        await api.AssignAsync("clerk", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "claim:read"));
        (await api.DeleteAsync($"{Roles}/{id}?force=true")).Is(204);
    }

    private async Task<ApiClient> LicensedAsync(string edition)
    {
        var api = await server.TenantAsync(Pack);
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { edition })).Is(200);
        return api;
    }
}
