using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

/// <summary>Why not: what is told is true only if doing it makes the answer yes, so each test does it.</summary>
[Collection(ServerCollection.Name)]
public sealed class WhyNotTests(ServerFixture server)
{
    private static readonly object Question = new { user = "alice", permission = "doc:read", resource = new { type = "doc", id = "1", properties = new { owner_id = "bob", site = "north" } } };

    [Fact]
    public async Task WhyNot_OfWhoHoldsNothing_IsAGrant_AndOfAnAllowIsNotTold()
    {
        var api = await TenantAsync();
        Assert.Equal("missing_grant", (await OneAsync(api)).GetProperty("kind").GetString());

        await api.AssignAsync("reader", "alice");

        var reply = await ExplainAsync(api);
        Assert.True(reply["decision"].GetBoolean());
        Assert.False(reply.Json.TryGetProperty("why_not", out _));
    }

    [Fact]
    public async Task WhyNot_OfARoleThatGivesOtherThings_IsThePermission()
    {
        var api = await TenantAsync();
        await api.AssignAsync("clerk", "alice");

        var one = await OneAsync(api);

        Assert.Equal(("missing_permission", "clerk", "doc:read"), (one.GetProperty("kind").GetString(), one.GetProperty("role").GetString(), one.GetProperty("permission").GetString()));
        (await api.PostAsync("/api/v1/roles/clerk/permissions", new { permission = one.GetProperty("permission").GetString() })).Is(200);
        await AllowedAsync(api);
    }

    [Fact]
    public async Task WhyNot_OfAGrantThatHasNotStartedOrIsSuspended_IsThat_NotAGrantMore()
    {
        var api = await TenantAsync();
        await api.AssignAsync("clerk", "alice");
        (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice", starts_at = "2999-01-01T00:00:00Z" })).Is(200);

        var early = await OneAsync(api);
        Assert.Equal("unstarted_grant", early.GetProperty("kind").GetString());
        Assert.Equal("2999-01-01T00:00:00Z", early.GetProperty("detail").GetString());
        (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice" })).Is(200);
        (await api.PatchAsync($"/api/v1/assignments/{early.GetProperty("assignment").GetString()}", new { is_active = false })).Is(200);

        var suspended = await OneAsync(api);
        Assert.Equal("suspended_grant", suspended.GetProperty("kind").GetString());
        (await api.PatchAsync($"/api/v1/assignments/{suspended.GetProperty("assignment").GetString()}", new { is_active = true })).Is(200);
        await AllowedAsync(api);
    }

    [Fact]
    public async Task WhyNot_OfAnInstantAfterTheGrant_IsItsEnd()
    {
        var api = await TenantAsync();
        (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice", expires_at = "2998-01-01T00:00:00Z" })).Is(200);

        var reply = (await api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "doc:read", at = "2999-01-01T00:00:00Z" })).Is(200);

        Assert.Equal("expired_grant", Assert.Single(reply["why_not"].EnumerateArray()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task WhyNot_OfAScopeAndOfAnOwner_NameThem()
    {
        var api = await TenantAsync();
        (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice", scope = new { site = "south" } })).Is(200);
        var scope = await OneAsync(api);
        Assert.Equal(("scope", "site"), (scope.GetProperty("kind").GetString(), scope.GetProperty("detail").GetString()));
        (await api.DeleteAsync("/api/v1/roles/reader/users/alice")).Is(204);

        await api.AssignAsync("owner", "alice");
        var owner = await OneAsync(api);
        Assert.Equal(("not_owner", "doc:read:own"), (owner.GetProperty("kind").GetString(), owner.GetProperty("permission").GetString()));
    }

    [Fact]
    public async Task WhyNot_OfACondition_IsThatOfTheGrant_AndOfTwoThingsAGrantMoreIsLess()
    {
        var api = await TenantAsync();
        var conditions = new[] { new { type = "attribute_match", @params = new { attribute = "resource.state", @operator = "eq", expected = "open" } } };
        (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice", conditions })).Is(200);
        Assert.Equal("condition", (await OneAsync(api)).GetProperty("kind").GetString());
        (await api.DeleteAsync("/api/v1/roles/reader/users/alice")).Is(204);

        (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice", scope = new { site = "south" }, conditions })).Is(200);

        Assert.Equal("missing_grant", (await OneAsync(api)).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task WhyNot_OfPolicies_AreAllThatWouldDeny_AndTellTheirReasonToWhoMayReadThem()
    {
        var api = await TenantAsync();
        var first = await DenyAsync(api, "first", 5);
        var second = await DenyAsync(api, "second", 3);
        await api.AssignAsync("reader", "alice");

        Assert.Equal([first, second], (await ExplainAsync(api))["why_not"].EnumerateArray().Select(one => one.GetProperty("policy").GetString()));
        (await api.DeleteAsync("/api/v1/roles/reader/users/alice")).Is(204);
        Assert.Equal(["missing_grant", "policy", "policy"], (await ExplainAsync(api))["why_not"].EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        var own = (await api.As(server.TokenOf("alice", api.Tenant)).PostAsync("/api/v1/authorization/explain", Question)).Is(200);
        Assert.All(own["why_not"].EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "policy"), one => Assert.Equal(JsonValueKind.Null, one.GetProperty("detail").ValueKind));

        await api.AssignAsync("reader", "alice");
        (await api.DeleteAsync($"/api/v1/policies/{first}")).Is(204);
        (await api.DeleteAsync($"/api/v1/policies/{second}")).Is(204);
        await AllowedAsync(api);
    }

    [Fact]
    public async Task WhyNot_OfPoliciesThatMightAllow_ToWhoMayNotReadThem_SaysThatThereIsOne()
    {
        var api = await TenantAsync();
        var conditions = new[] { new { type = "attribute_match", @params = new { attribute = "channel", @operator = "eq", expected = "office" } } };
        var policy = (await api.PostAsync("/api/v1/policies", new { name = "office", effect = "allow", resources = new[] { "doc" }, is_active = false, conditions, grant_permissions = new[] { "doc:read" } })).Is(201);
        var deny = await DenyAsync(api, "freeze", -5);
        var id = policy["id"].GetString();

        // Off, failing, and a grant and the deny are as many, but to mend a policy is less than to give more.
        var all = await ExplainAsync(api);
        Assert.Equal([("inactive_policy", id), ("condition", id)], all["why_not"].EnumerateArray().Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("policy").GetString())));
        var self = api.As(server.TokenOf("alice", api.Tenant));
        var own = (await self.PostAsync("/api/v1/authorization/explain", Question)).Is(200);
        Assert.All(own["why_not"].EnumerateArray(), one => Assert.Equal(
            """{"kind":"policy","assignment":null,"role":null,"team":null,"permission":null,"policy":null,"detail":null}""", one.GetRawText()));
        Assert.Equal(2, own["why_not"].GetArrayLength());
        Assert.DoesNotContain(id!, own.Text, StringComparison.Ordinal);

        (await api.PutAsync($"/api/v1/policies/{id}", new { name = "office", effect = "allow", resources = new[] { "doc" }, grant_permissions = new[] { "doc:read" } })).Is(200);
        await AllowedAsync(api);
        (await api.DeleteAsync($"/api/v1/policies/{id}")).Is(204);
        (await api.DeleteAsync($"/api/v1/policies/{deny}")).Is(204);
    }

    private static async Task<string> DenyAsync(ApiClient api, string name, int priority) =>
        (await api.PostAsync("/api/v1/policies", new { name, effect = "deny", resources = new[] { "doc" }, priority })).Is(201)["id"].GetString()!;

    private static async Task<Reply> ExplainAsync(ApiClient api) => (await api.PostAsync("/api/v1/authorization/explain", Question)).Is(200);

    private static async Task<JsonElement> OneAsync(ApiClient api) => Assert.Single((await ExplainAsync(api))["why_not"].EnumerateArray());

    private static async Task AllowedAsync(ApiClient api) => Assert.True((await ExplainAsync(api))["decision"].GetBoolean());

    private async Task<ApiClient> TenantAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("reader", "doc:read");
        await api.RoleAsync("clerk", "invoices:*");
        await api.RoleAsync("owner", "doc:read:own");
        return api;
    }
}
