using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class AuditTests(ServerFixture server)
{
    [Fact]
    public async Task List_AfterChanges_TellsEachWithItsRequest()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync("/api/v1/roles", new { name = "clerk" }, ("X-Request-Id", "my-request"))).Is(201);
        await api.AssignAsync("clerk", "alice");

        var records = (await api.GetAsync("/api/v1/audit")).Is(200).Items;

        Assert.Equal(["role.assigned", "role.created", "tenant.created"], records.Select(record => record.GetProperty("action").GetString()));
        Assert.Equal("my-request", records[1].GetProperty("request_id").GetString());
        Assert.Equal("service:admin", records[1].GetProperty("actor").GetString());
        Assert.Equal("role", records[1].GetProperty("target").GetProperty("type").GetString());
        Assert.Equal(records[1].GetProperty("hash").GetString(), records[0].GetProperty("previous_hash").GetString());
    }

    [Fact]
    public async Task List_Filters_NarrowIt()
    {
        var api = await server.TenantAsync();
        var id = await api.RoleAsync("clerk");
        await api.RoleAsync("other");

        Assert.Equal(2, (await api.GetAsync("/api/v1/audit?action=role.created")).Items.Count);
        Assert.Single((await api.GetAsync($"/api/v1/audit?target=role:{id}")).Items);
        Assert.Single((await api.GetAsync($"/api/v1/audit?target={id}&actor=service:admin")).Items);
        Assert.Empty((await api.GetAsync("/api/v1/audit?actor=user:nobody")).Items);
        Assert.Empty((await api.GetAsync("/api/v1/audit?from=2199-01-01T00:00:00Z")).Items);
        Assert.Empty((await api.GetAsync("/api/v1/audit?to=2001-01-01T00:00:00%2B01:00")).Items);
        (await api.GetAsync("/api/v1/audit?from=yesterday")).Refused(400, "validation_failed", "from");
    }

    [Theory]
    [InlineData("/api/v1/audit")]
    [InlineData("/api/v1/audit/export")]
    public async Task Filters_ThatNothingCanMatch_AreRefused(string path)
    {
        var api = await server.TenantAsync();

        (await api.GetAsync($"{path}?from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z")).Refused(400, "validation_failed", "from");
        (await api.GetAsync($"{path}?from=2026-07-01T00:00:00Z&to=2026-07-01T00:00:00Z")).Is(200);
        (await api.GetAsync($"{path}?action=role.exploded")).Refused(400, "validation_failed", "action");
        (await api.GetAsync($"{path}?action=Role.Created")).Refused(400, "validation_failed", "action");
    }

    [Fact]
    public async Task List_ByPrincipal_FindsItsAssignmentsAndMemberships()
    {
        var api = await server.TenantAsync();
        var role = await api.RoleAsync("clerk");
        var id = (await api.AssignAsync("clerk", "alice"))["id"].GetString();
        await api.AssignAsync("clerk", "bob");
        (await api.PutAsync("/api/v1/teams/blue/members/alice", null)).Is(204);
        (await api.PutAsync("/api/v1/teams/blue/members/service/alice", null)).Is(204);
        (await api.PatchAsync($"/api/v1/assignments/{id}", new { is_active = false })).Is(200);
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Is(204);
        async Task<IEnumerable<string?>> ActionsAsync(string target) =>
            (await api.GetAsync($"/api/v1/audit?target={target}")).Is(200).Items.Select(record => record.GetProperty("action").GetString());

        Assert.Equal(["role.revoked", "role.assignment.updated", "team.member.added", "role.assigned"], await ActionsAsync("user:alice"));
        Assert.Equal(["team.member.added"], await ActionsAsync("service:alice"));
        Assert.Equal(5, (await ActionsAsync("alice")).Count());
        Assert.Equal(["team.member.added", "team.member.added"], await ActionsAsync("team:blue"));
        Assert.Equal(["role.revoked", "role.assignment.updated", "role.assigned", "role.assigned", "role.created"], await ActionsAsync($"role:{role}"));
        Assert.Equal(["role.revoked", "role.assignment.updated", "role.assigned"], await ActionsAsync($"assignment:{id}"));
        Assert.Equal(4, (await Paging.AllAsync(api, "/api/v1/audit?target=user:alice&limit=1", record => record.GetProperty("sequence").GetInt64())).Count);
    }

    [Fact]
    public async Task List_Pages_MeetWithoutGapOrRepeat()
    {
        var api = await server.TenantAsync();
        for (var i = 0; i < 7; i++)
        {
            await api.RoleAsync($"r{i}");
        }

        var seen = await Paging.AllAsync(api, "/api/v1/audit?limit=3", record => record.GetProperty("sequence").GetInt64());

        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task Refusal_IsToldOfWhatWasNamed()
    {
        var api = await server.TenantAsync();
        var eve = api.As(server.TokenOf("eve", api.Tenant));
        var id = (await api.AssignAsync("viewer", "bob"))["id"].GetString()!;

        (await eve.PatchAsync($"/api/v1/assignments/{id}", new { is_active = false })).Refused(403, "forbidden");
        (await eve.PutAsync("/api/v1/entities/doc/42", new { })).Refused(403, "forbidden");
        (await eve.GetAsync("/api/v1/principals/robot/r2/roles")).Refused(403, "forbidden");
        (await eve.DeleteAsync("/api/v1/roles/viewer/users/bob")).Refused(403, "forbidden");
        (await eve.DeleteAsync($"/api/v1/tenants/{api.Tenant}")).Refused(403, "forbidden");

        foreach (var target in new[] { $"assignment:{id}", "entity:doc:42", "robot:r2", "role:viewer" })
        {
            Assert.Single((await api.GetAsync($"/api/v1/audit?action=access.refused&target={target}")).Items);
        }
        var system = new ApiClient(server.Http, "/tenants/system");
        Assert.Single((await system.GetAsync($"/api/v1/audit?action=access.refused&target=tenant:{api.Tenant}")).Items);
    }
}
