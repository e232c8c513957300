using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class AssignmentTests(ServerFixture server)
{
    [Fact]
    public async Task Assign_Everything_AnswersTheAssignment()
    {
        var api = await server.TenantAsync();
        var role = await api.RoleAsync("clerk", "a:b");

        var given = (await api.PostAsync("/api/v1/roles/clerk/assign", new
        {
            principal = new { type = "service", id = "robot" },
            starts_at = "2026-01-01T00:00:00.1234567+02:00", end_at = "2100-01-01T00:00:00Z", scope = new { region = "eu" },
            conditions = new { level = 3 }, reason = "because", metadata = new { ticket = "T-1" },
            granted_by = "somebody else", role_id = role, tenant_id = api.Tenant, approved = true, requires_approval = false,
        })).Is(200);

        Assert.Equal("""{"type":"service","id":"robot"}""", given["principal"].GetRawText());
        Assert.Equal("2025-12-31T22:00:00.123456Z", given["starts_at"].GetString());
        Assert.Equal("2100-01-01T00:00:00Z", given["expires_at"].GetString());
        Assert.Equal("service:admin", given["granted_by"].GetString());
        Assert.Equal("active", given["status"].GetString());
        Assert.True(given["is_active"].GetBoolean());
        Assert.Equal("clerk", given["role_name"].GetString());
        Assert.Equal("eu", given["scope"].GetProperty("region").GetString());
        Assert.Equal("attribute_match", given["conditions"][0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Assign_Again_UpdatesTheSame()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");

        var first = await api.AssignAsync("clerk", "alice");
        var second = await api.AssignAsync("clerk", "alice");

        Assert.Equal(first["id"].GetString(), second["id"].GetString());
        Assert.Single((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items);
        Assert.Equal(1, (await api.GetAsync("/api/v1/roles/clerk"))["user_count"].GetInt64());
    }

    [Theory]
    [InlineData("""{}""", 400, "validation_failed", "user_id")]
    [InlineData("""{"user_id":"a","principal":{"type":"user","id":"a"}}""", 400, "validation_failed", "user_id")]
    [InlineData("""{"user_id":""}""", 400, "validation_failed", "user_id")]
    [InlineData("""{"user_id":"a\u0001"}""", 400, "validation_failed", "user_id")]
    [InlineData("""{"user_id":"\ud800"}""", 400, "validation_failed", "user_id")]
    [InlineData("""{"principal":{"type":"a:b","id":"x"}}""", 400, "validation_failed", "principal.type")]
    [InlineData("""{"principal":{"type":"user"}}""", 400, "validation_failed", "principal.id")]
    [InlineData("""{"user_id":"a","starts_at":"2026-01-01"}""", 400, "validation_failed", "starts_at")]
    [InlineData("""{"user_id":"a","starts_at":5}""", 400, "validation_failed", "starts_at")]
    [InlineData("""{"user_id":"a","starts_at":"2026-01-01T00:00:00Z","start_at":"2026-01-01T00:00:00Z"}""", 400, "validation_failed", "start_at")]
    [InlineData("""{"user_id":"a","conditions":[{"type":"no_such_kind","params":{}}]}""", 400, "validation_failed", "conditions[0].type")]
    [InlineData("""{"user_id":"a","conditions":[{"type":"attribute_match","type":"x"}]}""", 400, "validation_failed", "conditions[0].type")]
    [InlineData("""{"user_id":"a","role":"clerk"}""", 400, "validation_failed", "role")]
    [InlineData("""{"user_id":"a","role_id":"viewer"}""", 400, "validation_failed", "role_id")]
    [InlineData("""{"user_id":"a","tenant_id":"another"}""", 400, "validation_failed", "tenant_id")]
    public async Task Assign_BadBody_IsRefusedAndGivesNothing(string body, int status, string code, string? field)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");

        (await api.PostAsync("/api/v1/roles/clerk/assign", body)).Refused(status, code, field);

        Assert.Empty((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items);
    }

    [Fact]
    public async Task Revoke_Twice_SecondIsNotFound()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");

        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Is(204);

        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Refused(404, "assignment_not_found");
        (await api.DeleteAsync("/api/v1/roles/nobody/users/alice")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Revoke_WithScope_EndsThatOneOnly()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        foreach (var region in new[] { "eu", "us" })
        {
            (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "alice", scope = new { region } })).Is(200);
        }

        var scope = Uri.EscapeDataString("""{"region":"eu"}""");
        (await api.DeleteAsync($"/api/v1/roles/clerk/users/alice?scope={scope}")).Is(204);

        var left = Assert.Single((await api.GetAsync("/api/v1/users/alice/roles")).Items);
        Assert.Equal("us", left.GetProperty("scope").GetProperty("region").GetString());
        (await api.DeleteAsync($"/api/v1/roles/clerk/users/alice?scope={scope}")).Refused(404, "assignment_not_found");
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice?scope=")).Refused(400, "validation_failed", "scope");
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice?scope=[]")).Refused(400, "validation_failed", "scope");
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice?scope={")).Refused(400, "validation_failed", "scope");
    }

    [Fact]
    public async Task Revoke_Principals_AreTakenByTypeAndId()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "service", id = "alice" } })).Is(200);

        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Refused(404, "assignment_not_found");
        (await api.DeleteAsync("/api/v1/roles/clerk/principals/service/alice")).Is(204);
    }

    [Fact]
    public async Task User_Lists_TellWhatIsHeldNow()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.RoleAsync("later", "c:d");
        await api.AssignAsync("clerk", "alice");
        (await api.PostAsync("/api/v1/roles/later/assign", new { user_id = "alice", starts_at = "2099-01-01T00:00:00Z" })).Is(200);

        Assert.Equal("clerk", Assert.Single((await api.GetAsync("/api/v1/users/alice/roles")).Items).GetProperty("role_name").GetString());
        Assert.Equal(2, (await api.GetAsync("/api/v1/users/alice/roles?at=2099-01-01T00:00:00Z")).Items.Count);
        var all = (await api.GetAsync("/api/v1/users/alice/roles?include_inactive=true")).Items;
        Assert.Equal(["active", "scheduled"], all.Select(item => item.GetProperty("status").GetString()).Order());
        (await api.GetAsync("/api/v1/users/alice/roles/clerk")).Is(200);
        (await api.GetAsync("/api/v1/users/alice/roles/later")).Refused(404, "assignment_not_found");
        (await api.GetAsync("/api/v1/users/alice/roles/nobody")).Refused(404, "role_not_found");
        (await api.GetAsync("/api/v1/users/alice/roles?at=tomorrow")).Refused(400, "validation_failed", "at");

        var permissions = (await api.GetAsync("/api/v1/users/alice/permissions")).Is(200);
        Assert.Equal(["a:b"], permissions.Texts("permissions"));
        Assert.Equal("clerk", permissions["items"][0].GetProperty("role").GetString());
        Assert.Equal(["a:b", "c:d"], (await api.GetAsync("/api/v1/users/alice/permissions?at=2099-01-01T00:00:00Z")).Texts("permissions"));
    }

    [Fact]
    public async Task HasRole_InactiveRole_IsNotHeld()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");

        (await api.PutAsync("/api/v1/roles/clerk", new { name = "clerk", is_active = false })).Is(200);

        (await api.GetAsync("/api/v1/users/alice/roles/clerk")).Refused(404, "assignment_not_found");
    }

    [Fact]
    public async Task Teams_Membership_CarriesTheTeamsRoles()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "team", id = "finance" } })).Is(200);

        (await api.PutAsync("/api/v1/teams/finance/members/alice", null)).Is(204);

        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
        Assert.Equal(["alice"], (await api.GetAsync("/api/v1/teams/finance/members")).Items.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(["finance"], (await api.GetAsync("/api/v1/users/alice/teams")).Items.Select(item => item.GetString()));
        Assert.Equal("clerk", Assert.Single((await api.GetAsync("/api/v1/teams/finance/roles")).Items).GetProperty("role_name").GetString());
        (await api.GetAsync("/api/v1/users/alice/roles/clerk")).Is(200);
        Assert.Equal("finance", (await api.GetAsync("/api/v1/users/alice/permissions"))["items"][0].GetProperty("team").GetString());
        (await api.DeleteAsync("/api/v1/teams/finance/members/alice")).Is(204);
        (await api.DeleteAsync("/api/v1/teams/finance/members/alice")).Refused(404, "not_found");
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
        (await api.DeleteAsync("/api/v1/roles/clerk/teams/finance")).Is(204);
        (await api.PutAsync("/api/v1/teams/finance/members/alice", """{"a":1}""")).Refused(400, "validation_failed", "a");
    }
}
