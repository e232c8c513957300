using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class AssignmentPatchTests(ServerFixture server)
{
    [Fact]
    public async Task Patch_SuspendAndResume_CountAtOnce()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        var path = $"/api/v1/assignments/{(await api.AssignAsync("clerk", "alice"))["id"].GetString()}";

        var suspended = (await api.PatchAsync(path, new { is_active = false, reason = "away", tenant_id = api.Tenant, granted_by = "me" })).Is(200);
        Assert.Equal(("suspended", false, "away", "service:admin"), (
            suspended["status"].GetString(), suspended["is_active"].GetBoolean(), suspended["reason"].GetString(), suspended["granted_by"].GetString()));
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "a:b"));
        Assert.Equal(suspended.Text, (await api.GetAsync(path)).Is(200).Text);
        Assert.Equal("suspended", Assert.Single((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items).GetProperty("status").GetString());
        (await api.DeleteAsync("/api/v1/roles/clerk")).Refused(409, "role_in_use");

        (await api.PatchAsync(path, new { is_active = true })).Is(200);
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
    }

    [Fact]
    public async Task Patch_TimesConditionsMetadata_AreReplacedOrTakenBack()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        var path = $"/api/v1/assignments/{(await api.AssignAsync("clerk", "alice"))["id"].GetString()}";

        var changed = (await api.PatchAsync(path, new
        {
            start_at = "2100-01-01T00:00:00.1234567Z", end_at = "2101-01-01T00:00:00Z", conditions = new { level = 3 }, metadata = new { ticket = "T-1" },
        })).Is(200);
        Assert.Equal(("scheduled", "2100-01-01T00:00:00.123456Z"), (changed["status"].GetString(), changed["starts_at"].GetString()));
        Assert.Equal("T-1", changed["metadata"].GetProperty("ticket").GetString());
        var open = (await api.PatchAsync(path, """{"starts_at":null,"expires_at":null,"conditions":[],"reason":null}""")).Is(200);
        Assert.Equal(("active", "T-1"), (open["status"].GetString(), open["metadata"].GetProperty("ticket").GetString()));
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
        Assert.Equal(open.Text, (await api.PatchAsync(path, "{}")).Is(200).Text);
        Assert.Equal(2, (await api.GetAsync("/api/v1/audit?action=role.assignment.updated")).Items.Count);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", "role")]
    [InlineData("""{"role_id":"viewer"}""", "role_id")]
    [InlineData("""{"principal":{"type":"user","id":"bob"}}""", "principal")]
    [InlineData("""{"user_id":"bob"}""", "user_id")]
    [InlineData("""{"scope":{}}""", "scope")]
    [InlineData("""{"status":"active"}""", "status")]
    [InlineData("""{"is_active":"no"}""", "is_active")]
    [InlineData("""{"expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"expires_at":5}""", "expires_at")]
    [InlineData("""{"expires_at":null,"end_at":null}""", "end_at")]
    [InlineData("""{"starts_at":"2026-01-01T00:00:00Z","expires_at":"2026-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"conditions":[{"type":"no_such_kind"}]}""", "conditions[0].type")]
    [InlineData("""{"metadata":[]}""", "metadata")]
    [InlineData("""{"is_active":true,"is_active":false}""", "is_active")]
    [InlineData("""{"tenant_id":"another"}""", "tenant_id")]
    public async Task Patch_BadBody_IsRefusedAndChangesNothing(string body, string field)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        var path = $"/api/v1/assignments/{(await api.AssignAsync("clerk", "alice"))["id"].GetString()}";
        var before = (await api.GetAsync(path)).Text;

        (await api.PatchAsync(path, body)).Refused(400, "validation_failed", field);

        Assert.Equal(before, (await api.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("user", "alice")]
    [InlineData("team", "blue")]
    public async Task Patch_EndedUnknownOrOfAnotherTenant_IsRefused(string type, string id)
    {
        var (api, other) = (await server.TenantAsync(), await server.TenantAsync());
        await api.RoleAsync("clerk", "a:b");
        var made = (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type, id } })).Is(200)["id"].GetString();
        (await other.GetAsync($"/api/v1/assignments/{made}")).Refused(404, "assignment_not_found");
        (await other.PatchAsync($"/api/v1/assignments/{made}", new { is_active = false })).Refused(404, "assignment_not_found");

        var over = (await api.PatchAsync($"/api/v1/assignments/{made}", new { expires_at = "2001-01-01T00:00:00Z" })).Is(200);
        Assert.Equal("expired", over["status"].GetString());
        (await api.PatchAsync($"/api/v1/assignments/{made}", """{"expires_at":null}""")).Refused(409, "invalid_state");
        Assert.Equal("expired", (await api.GetAsync($"/api/v1/assignments/{made}")).Is(200)["status"].GetString());
        (await api.GetAsync("/api/v1/assignments/unknown")).Refused(404, "assignment_not_found");
        (await api.PatchAsync("/api/v1/assignments/un%20%2F%20known", new { is_active = false })).Refused(404, "assignment_not_found");
    }
}
