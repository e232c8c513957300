using System.Globalization;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

/// <summary>What time does to assignments by the tenant's settings: reminders, and how long ended ones are kept.</summary>
[Collection(ServerCollection.Name)]
public sealed class UpkeepTests(ServerFixture server)
{
    [Fact]
    public async Task Reminder_ComesOnceBeforeTheEnd_AndTheEndOnce()
    {
        var api = await server.TenantAsync();
        await SetAsync(api, new { remind_before = "PT1H" });
        await api.RoleAsync("clerk", "a:read");
        await AssignAsync(api, "alice", TimeSpan.FromSeconds(3));
        await using var stream = await EventStream.OpenAsync(server, api, "?from=0&types=role.assigned,role.expiring,role.expired");
        var types = new List<string>();
        while (types.LastOrDefault() != "role.expired")
        {
            types.Add((await stream.NextAsync())!.Value.Type);
        }
        Assert.Equal(["role.assigned", "role.expiring", "role.expired"], types);
    }

    [Fact]
    public async Task Reminder_SwitchedOnLater_CountsForWhatWasGivenBefore()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:read");
        var assignment = await AssignAsync(api, "alice", TimeSpan.FromMinutes(30));
        await AssignAsync(api, "bob", TimeSpan.FromDays(3));
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "team", id = "crew" }, expires_at = In(TimeSpan.FromMinutes(30)) })).Is(200);
        await SetAsync(api, new { remind_before = "PT1H" });
        await using var stream = await EventStream.OpenAsync(server, api, "?from=0&types=role.expiring");
        var told = new[] { (await stream.NextAsync())!.Value, (await stream.NextAsync())!.Value }
            .Select(one => one.Data.GetProperty("data").GetProperty("principal").GetProperty("id").GetString()).Order();
        Assert.Equal(["alice", "crew"], told);

        // Another turn tells nothing again; another end is told of anew.
        (await api.PatchAsync($"/api/v1/assignments/{assignment}", new { metadata = new { k = 1 } })).Is(200);
        Assert.Equal(2, (await api.GetAsync("/api/v1/audit?action=role.expiring")).Is(200).Items.Count);
        (await api.PatchAsync($"/api/v1/assignments/{assignment}", new { expires_at = In(TimeSpan.FromMinutes(40)) })).Is(200);
        Assert.Equal("alice", (await stream.NextAsync())!.Value.Data.GetProperty("data").GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task Retention_RemovesWhatHasEnded_NeverWhatIsLive()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:read");
        await api.RoleAsync("kept", "a:read");
        await api.AssignAsync("clerk", "alice");
        await api.AssignAsync("kept", "alice");
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Is(204);
        Assert.Equal(2, (await api.GetAsync("/api/v1/users/alice/roles?include_inactive=true")).Is(200).Items.Count);
        await SetAsync(api, new { retention_days = 0.000001 });
        IReadOnlyList<System.Text.Json.JsonElement> left;
        do
        {
            left = (await api.GetAsync("/api/v1/users/alice/roles?include_inactive=true")).Is(200).Items;
        }
        while (left.Count > 1);
        Assert.Equal("kept", Assert.Single(left).GetProperty("role_name").GetString());
        // What was is in the audit log.
        Assert.Single((await api.GetAsync("/api/v1/audit?action=role.revoked")).Is(200).Items);
    }

    [Theory]
    [InlineData("remind_before", "1 week")]
    [InlineData("remind_before", "P1M")]
    [InlineData("remind_before", "PT0S")]
    [InlineData("remind_before", 7)]
    [InlineData("retention_days", 0)]
    [InlineData("retention_days", "30")]
    [InlineData("retention_days", 1_000_000)]
    public async Task Setting_ThatSaysNothing_IsRefused(string name, object value)
    {
        var api = await server.TenantAsync();
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings = new Dictionary<string, object> { [name] = value } }))
            .Refused(400, "validation_failed", $"settings.{name}");
    }

    private static string In(TimeSpan time) => DateTimeOffset.UtcNow.Add(time).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private async Task SetAsync(ApiClient api, object settings) =>
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { settings })).Is(200);

    private static async Task<string> AssignAsync(ApiClient api, string user, TimeSpan time) =>
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = user, expires_at = In(time) })).Is(200)["id"].GetString()!;
}
