using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

/// <summary>Principals of any type: what is there for users is there for all.</summary>
[Collection(ServerCollection.Name)]
public sealed class PrincipalTests(ServerFixture server)
{
    private const string Robot = "/api/v1/principals/service/ro%2Fbot%3A1";

    [Fact]
    public async Task Principal_OfAnyType_HasWhatAUserHas()
    {
        var api = await server.TenantAsync();
        var role = await api.RoleAsync("clerk", "a:b");
        await api.RoleAsync("boss", "c:d");
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "service", id = "ro/bot:1" }, scope = new { region = "eu" } })).Is(200);
        (await api.PostAsync("/api/v1/roles/boss/assign", new { principal = new { type = "team", id = "blue" } })).Is(200);
        (await api.PutAsync("/api/v1/teams/blue/members/service/ro%2Fbot%3A1", null)).Is(204);
        (await api.PutAsync("/api/v1/teams/blue/members/user/alice", null)).Is(204);

        Assert.Equal(role, Assert.Single((await api.GetAsync(Robot + "/roles")).Is(200).Items).GetProperty("role_id").GetString());
        Assert.Equal("eu", (await api.GetAsync(Robot + "/roles/clerk")).Is(200)["scope"].GetProperty("region").GetString());
        Assert.Equal("team", (await api.GetAsync(Robot + "/roles/boss")).Is(200)["principal"].GetProperty("type").GetString());
        Assert.Contains("c:d", (await api.GetAsync(Robot + "/permissions")).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal("blue", Assert.Single((await api.GetAsync(Robot + "/teams")).Is(200).Items).GetString());
        Assert.Equal(["""{"type":"service","id":"ro/bot:1"}""", """{"type":"user","id":"alice"}"""],
            (await api.GetAsync("/api/v1/teams/blue/members")).Items.Select(item => item.GetRawText()));
        // The two forms are one; the same id of another type is somebody else.
        Assert.Equal((await api.GetAsync("/api/v1/users/alice/teams")).Text, (await api.GetAsync("/api/v1/principals/user/alice/teams")).Text);
        (await api.GetAsync("/api/v1/users/ro%2Fbot%3A1/roles/clerk")).Refused(404, "assignment_not_found");

        (await api.DeleteAsync("/api/v1/teams/blue/members/service/ro%2Fbot%3A1")).Is(204);
        (await api.DeleteAsync("/api/v1/teams/blue/members/service/ro%2Fbot%3A1")).Refused(404, "not_found");
        (await api.GetAsync(Robot + "/roles/boss")).Refused(404, "assignment_not_found");
    }

    [Fact]
    public async Task Team_WhereItMakesSense_IsAPrincipal()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "team", id = "blue" } })).Is(200);

        Assert.Single((await api.GetAsync("/api/v1/principals/team/blue/roles")).Is(200).Items);
        (await api.GetAsync("/api/v1/principals/team/blue/roles/clerk")).Is(200);
        (await api.GetAsync("/api/v1/principals/team/blue/permissions")).Refused(400, "validation_failed", "type");
        (await api.GetAsync("/api/v1/principals/team/blue/teams")).Refused(400, "validation_failed", "type");
        (await api.PutAsync("/api/v1/teams/blue/members/team/red", null)).Refused(400, "validation_failed", "type");
        (await api.DeleteAsync("/api/v1/teams/blue/members/team/red")).Refused(400, "validation_failed", "type");
        (await api.GetAsync("/api/v1/principals/a%3Ab/x/roles")).Refused(400, "validation_failed", "type");
    }

    [Fact]
    public async Task HasRole_CountsWhatIsHeldNow()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        async Task GiveAsync(string user, object starts, object? expires) =>
            (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = user, starts_at = starts, expires_at = expires })).Is(200);
        await GiveAsync("now", "2001-01-01T00:00:00Z", null);
        await GiveAsync("later", "2100-01-01T00:00:00Z", null);
        await GiveAsync("before", "2001-01-01T00:00:00Z", "2002-01-01T00:00:00Z");

        (await api.GetAsync("/api/v1/users/now/roles/clerk")).Is(200);
        (await api.GetAsync("/api/v1/users/later/roles/clerk")).Refused(404, "assignment_not_found");
        (await api.GetAsync("/api/v1/users/before/roles/clerk")).Refused(404, "assignment_not_found");
        (await api.GetAsync("/api/v1/users/now/roles/nobody")).Refused(404, "role_not_found");
        // Listed as of another instant, by today's model.
        Assert.Single((await api.GetAsync("/api/v1/users/before/roles?at=2001-06-01T00:00:00Z")).Items);
        Assert.Single((await api.GetAsync("/api/v1/users/later/roles?at=2100-06-01T00:00:00Z")).Items);
        Assert.Empty((await api.GetAsync("/api/v1/users/later/roles")).Items);
        Assert.Equal("scheduled", Assert.Single((await api.GetAsync("/api/v1/users/later/roles?include_inactive=true")).Items).GetProperty("status").GetString());
        Assert.Equal("expired", Assert.Single((await api.GetAsync("/api/v1/users/before/roles?include_inactive=true")).Items).GetProperty("status").GetString());
    }

    [Fact]
    public async Task RoleAssignments_Filters_NarrowAndWiden()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        foreach (var (type, id) in new[] { ("user", "a"), ("user", "b"), ("service", "a"), ("team", "t") })
        {
            (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type, id } })).Is(200);
        }
        (await api.DeleteAsync("/api/v1/roles/clerk/users/a")).Is(204);
        (await api.DeleteAsync("/api/v1/roles/clerk/teams/t")).Is(204);
        const string list = "/api/v1/roles/clerk/assignments";

        Assert.Equal(2, (await api.GetAsync(list)).Items.Count);
        Assert.Equal(4, (await Paging.AllAsync(api, list + "?include_inactive=true&limit=1", item => item.GetProperty("id").GetString()!)).Count);
        Assert.Single((await api.GetAsync(list + "?principal_type=user")).Items);
        Assert.Equal(2, (await api.GetAsync(list + "?principal_type=user&include_inactive=true")).Items.Count);
        Assert.Empty((await api.GetAsync(list + "?principal_type=team")).Items);
        Assert.Equal("revoked", Assert.Single((await api.GetAsync(list + "?principal_type=team&include_inactive=true")).Items).GetProperty("status").GetString());
        (await api.GetAsync(list + "?principal_type=a%3Ab")).Refused(400, "validation_failed", "principal_type");
        (await api.GetAsync(list + "?include_inactive=yes")).Refused(400, "validation_failed", "include_inactive");
    }
}
