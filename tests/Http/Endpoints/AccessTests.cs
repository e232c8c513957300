using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class AccessTests(ServerFixture server)
{
    [Fact]
    public async Task Access_OfAUser_TellsEachPermissionAndTheWholeWayByWhichItCame()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "doc:read");
        (await api.PostAsync("/api/v1/roles", new { name = "middle", parents = new[] { new { role_id = "base", inheritance_type = "full" } } })).Is(201);
        (await api.PostAsync("/api/v1/roles", new { name = "top", permissions = new[] { "doc:write" }, parents = new[] { new { role_id = "middle", inheritance_type = "full" } } })).Is(201);
        await api.AssignAsync("top", "alice");
        (await api.PostAsync("/api/v1/roles/base/assign", """{"principal":{"type":"team","id":"crew"},"scope":{"site":"s"}}""")).Is(200);
        (await api.PutAsync("/api/v1/teams/crew/members/alice", null)).Is(204);

        var entries = await Paging.AllAsync(api, "/api/v1/users/alice/access?limit=1", item => (
            item.GetProperty("permission").GetString(), string.Join('>', item.GetProperty("path").EnumerateArray()), item.GetProperty("team").GetString(), item.GetProperty("conditional").GetBoolean()));

        Assert.Equal(
            [("doc:read", "base", "crew", true), ("doc:read", "top>middle>base", null, false), ("doc:write", "top", null, false)],
            entries.OrderBy(entry => entry.Item1, StringComparer.Ordinal).ThenBy(entry => entry.Item2, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Access_OfOthers_NeedsTheRightToKnowWhy()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.AssignAsync("asker", "gate");
        var gate = api.As(server.TokenOf("gate", api.Tenant));

        (await gate.GetAsync("/api/v1/users/alice/access")).Refused(403, "forbidden");
        Assert.Equal("asker", Assert.Single((await gate.GetAsync("/api/v1/users/gate/access")).Is(200).Items).GetProperty("role").GetString());
    }
}
