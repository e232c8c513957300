using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class EventTests(ServerFixture server)
{
    [Fact]
    public async Task Stream_FromTheBeginning_TellsWhatHappenedAsCloudEventsInOrder()
    {
        var api = await server.TenantAsync();
        var role = await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Is(204);

        await using var stream = await EventStream.OpenAsync(server, api, "?from=0&follow=false");
        Assert.Equal("text/event-stream", stream.ContentType);
        var (created, assigned, revoked) = ((await stream.NextAsync())!.Value, (await stream.NextAsync())!.Value, (await stream.NextAsync())!.Value);
        Assert.Null(await stream.NextAsync());

        Assert.Equal(("role.created", "role.assigned", "role.revoked"), (created.Type, assigned.Type, revoked.Type));
        Assert.True(long.Parse(created.Id) < long.Parse(assigned.Id) && long.Parse(assigned.Id) < long.Parse(revoked.Id));
        Assert.Equal(("1.0", "role.created", $"/tenants/{api.Tenant}", $"role:{role}", created.Id), (
            created.Data.GetProperty("specversion").GetString(), created.Data.GetProperty("type").GetString(), created.Data.GetProperty("source").GetString(),
            created.Data.GetProperty("subject").GetString(), created.Data.GetProperty("sequence").GetString()));
        var data = created.Data.GetProperty("data");
        Assert.Equal((api.Tenant, role, "clerk", "service:admin"), (
            data.GetProperty("tenant_id").GetString(), data.GetProperty("role_id").GetString(), data.GetProperty("role_name").GetString(), data.GetProperty("created_by").GetString()));
        Assert.Equal("invoices:read", data.GetProperty("permissions")[0].GetString());
        data = assigned.Data.GetProperty("data");
        Assert.Equal(("alice", role, "service:admin"), (data.GetProperty("user_id").GetString(), data.GetProperty("role_id").GetString(), data.GetProperty("granted_by").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, data.GetProperty("expires_at").ValueKind);
    }

    [Fact]
    public async Task Stream_OfNow_TellsWhatComesAndGoesOnBehindTheLastThatWasHad()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("before", "a:read");
        string last;
        await using (var stream = await EventStream.OpenAsync(server, api))
        {
            await api.RoleAsync("during", "a:read");
            var one = (await stream.NextAsync())!.Value;
            Assert.Equal("during", one.Data.GetProperty("data").GetProperty("role_name").GetString());
            last = one.Id;
        }
        await api.RoleAsync("missed", "a:read");
        await using var resumed = await EventStream.OpenAsync(server, api, "?from=0&types=role.*", last);
        Assert.Equal("missed", (await resumed.NextAsync())!.Value.Data.GetProperty("data").GetProperty("role_name").GetString());
    }

    [Fact]
    public async Task Stream_Types_AreFilteredAndWrongOnesRefused()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:read");
        await api.AssignAsync("clerk", "alice");
        await using var stream = await EventStream.OpenAsync(server, api, "?from=0&types=role.assigned,policy.*&follow=false");
        Assert.Equal("role.assigned", (await stream.NextAsync())!.Value.Type);
        Assert.Null(await stream.NextAsync());

        (await api.GetAsync("/api/v1/events?types=rolle.made")).Refused(400, "validation_failed", "types");
        (await api.GetAsync("/api/v1/events?from=-1")).Refused(400, "validation_failed", "from");
        (await api.GetAsync("/api/v1/events?from=x")).Refused(400, "validation_failed", "from");
        (await api.GetAsync("/api/v1/events", ("Last-Event-ID", "abc"))).Refused(400, "validation_failed", "Last-Event-ID");
        (await api.GetAsync("/api/v1/events?follow=maybe")).Refused(400, "validation_failed", "follow");
    }

    [Fact]
    public async Task Stream_OfWhoMayNotReadPolicies_TellsWhichTheyAreAndNotWhatTheySay()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync("/api/v1/policies", new { id = "p1", name = "hidden words", effect = "deny", resources = new[] { "secret:*" } })).Is(201);
        await api.RoleAsync("follower", "authz.events:read");
        await api.AssignAsync("follower", "fred");
        var fred = api.As(server.TokenOf("fred", api.Tenant));

        await using var told = await EventStream.OpenAsync(server, fred, "?from=0&types=policy.*&follow=false");
        var one = (await told.NextAsync())!.Value;
        Assert.Equal("p1", one.Data.GetProperty("data").GetProperty("policy_id").GetString());
        Assert.DoesNotContain("hidden words", one.Data.GetRawText(), StringComparison.Ordinal);
        await using var whole = await EventStream.OpenAsync(server, api, "?from=0&types=policy.*&follow=false");
        Assert.Contains("hidden words", (await whole.NextAsync())!.Value.Data.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfWhoseRightIsTakenBack_Ends()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("follower", "authz.events:read");
        await api.AssignAsync("follower", "gina");
        await using var stream = await EventStream.OpenAsync(server, api.As(server.TokenOf("gina", api.Tenant)));
        (await api.DeleteAsync("/api/v1/roles/follower/users/gina")).Is(204);
        while (await stream.NextAsync() is not null)
        {
            // What was told before the end.
        }
    }
}
