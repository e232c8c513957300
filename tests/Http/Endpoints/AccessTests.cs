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

    [Fact]
    public async Task Access_OfARole_TellsWhoHasWhatByIt_TeamsMembersToo()
    {
        var api = await RoleWithHoldersAsync();

        var entries = await Paging.AllAsync(api, "/api/v1/roles/top/access?limit=1", Read);

        Assert.Equal(
            [
                ("user:alice", "doc:read", "top>base", null, true), ("user:alice", "doc:write", "top", null, true),
                ("user:bob", "doc:read", "top>base", "crew", false), ("user:bob", "doc:write", "top", "crew", false),
                ("user:carl", "doc:read", "top>base", "crew", false), ("user:carl", "doc:write", "top", "crew", false),
            ],
            entries.OrderBy(entry => entry.Item1, StringComparer.Ordinal).ThenBy(entry => entry.Item2, StringComparer.Ordinal));
        Assert.Equal(entries, await Paging.AllAsync(api, "/api/v1/roles/top/access?limit=4", Read));
        foreach (var entry in entries.Where(entry => !entry.Item5))
        {
            Assert.True((await api.AskAsync(new { user = entry.Item1[5..], permission = entry.Item2 }))["decision"].GetBoolean());
        }

        static (string, string?, string, string?, bool) Read(System.Text.Json.JsonElement item) => (
            $"{item.GetProperty("principal").GetProperty("type")}:{item.GetProperty("principal").GetProperty("id")}", item.GetProperty("permission").GetString(),
            string.Join('>', item.GetProperty("path").EnumerateArray()), item.GetProperty("team").GetString(), item.GetProperty("conditional").GetBoolean());
    }

    [Fact]
    public async Task Access_OfARole_LeavesOutWhatDoesNotCountNow()
    {
        var api = await RoleWithHoldersAsync();
        (await api.DeleteAsync("/api/v1/roles/top/teams/crew")).Is(204);
        (await api.PostAsync("/api/v1/roles/top/assign", new { user_id = "later", starts_at = "2999-01-01T00:00:00Z" })).Is(200);

        Assert.Equal(["alice", "alice"], (await api.GetAsync("/api/v1/roles/top/access")).Is(200).Items.Select(item => item.GetProperty("principal").GetProperty("id").GetString()));
        (await api.PutAsync("/api/v1/roles/top", new { name = "top", permissions = new[] { "doc:write" }, is_active = false })).Is(200);
        Assert.Empty((await api.GetAsync("/api/v1/roles/top/access")).Is(200).Items);
    }

    [Fact]
    public async Task Access_Exported_IsAllOfIt()
    {
        var api = await RoleWithHoldersAsync();

        var lines = (await api.GetAsync("/api/v1/roles/top/access?format=ndjson")).Is(200);
        var csv = (await api.GetAsync("/api/v1/roles/top/access?format=csv")).Is(200);
        var own = (await api.GetAsync("/api/v1/users/alice/access?format=csv")).Is(200);

        Assert.Equal("application/x-ndjson", lines.ContentType);
        Assert.Equal(6, lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("permission").GetString()).Count());
        Assert.Equal("text/csv", csv.ContentType);
        Assert.Equal(7, csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\r\n\"user\",\"bob\",\"doc:read\",\"top\",\"top > base\",", csv.Text, StringComparison.Ordinal);
        Assert.Equal(3, own.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        (await api.GetAsync("/api/v1/roles/top/access?format=xml")).Refused(400, "validation_failed", "format");
        (await api.GetAsync("/api/v1/roles/top/access?format=csv&limit=3")).Refused(400, "validation_failed", "limit");
        (await api.GetAsync("/api/v1/roles/nothing/access?format=csv")).Refused(404, "role_not_found");
    }

    [Theory]
    [InlineData("=1+1,\"x\"", "'=1+1,\"\"x\"\"")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    public async Task Export_OfANameThatIsAFormula_IsNoneInASheet(string user, string cell)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("r", "doc:read");
        await api.AssignAsync("r", user);

        var csv = (await api.GetAsync("/api/v1/roles/r/access?format=csv")).Is(200);

        Assert.Contains($"\r\n\"user\",\"{cell}\",\"doc:read\",", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WherePoliciesDenyOrGive_SaysWhatChecksSay()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("r", "doc:read", "doc:write");
        await api.AssignAsync("r", "alice");
        await api.AssignAsync("r", "bob");
        (await api.PostAsync("/api/v1/policies", new { id = "no", name = "no", effect = "deny", resources = new[] { "doc:read" }, principals = new[] { "alice" } })).Is(201);
        (await api.PostAsync("/api/v1/policies", new { id = "gift", name = "gift", effect = "allow", principals = new[] { "zed" }, grant_permissions = new[] { "doc:read" } })).Is(201);
        Assert.Equal("denied_by_policy", (await api.AskAsync(new { user = "alice", permission = "doc:read" }))["reason"].GetString());
        Assert.Equal("granted_by_policy", (await api.AskAsync(new { user = "zed", permission = "doc:read" }))["reason"].GetString());

        Assert.Equal(["doc:read True no", "doc:write False "], await ToldAsync("/api/v1/users/alice/access"));
        Assert.Equal(["doc:read False ", "doc:write False "], await ToldAsync("/api/v1/users/bob/access"));
        Assert.Equal(["doc:read True no", "doc:read False ", "doc:write False ", "doc:write False "], (await ToldAsync("/api/v1/roles/r/access")).OrderBy(text => text[..8], StringComparer.Ordinal));
        var gift = Assert.Single((await api.GetAsync("/api/v1/users/zed/access")).Is(200).Items);
        Assert.Equal(("policy", "gift", false), (gift.GetProperty("by").GetString(), gift.GetProperty("policy").GetString(), gift.GetProperty("conditional").GetBoolean()));
        Assert.Equal(["doc:read"], (await api.GetAsync("/api/v1/users/zed/permissions")).Is(200)["permissions"].EnumerateArray().Select(item => item.GetString()));
        // Who may not read policies is told of none.
        await api.RoleAsync("asker", "authz.evaluate:execute", "authz.roles:read");
        await api.AssignAsync("asker", "gate");
        var asker = (await api.As(server.TokenOf("gate", api.Tenant)).GetAsync("/api/v1/users/zed/access")).Is(200);
        Assert.DoesNotContain("gift", asker.Text, StringComparison.Ordinal);
        Assert.Equal("policy", Assert.Single(asker.Items).GetProperty("by").GetString());

        async Task<string[]> ToldAsync(string path) => [.. (await api.GetAsync(path)).Is(200).Items.Select(item =>
            $"{item.GetProperty("permission")} {item.GetProperty("conditional").GetBoolean()} {string.Join(' ', item.GetProperty("denied_by").EnumerateArray())}")];
    }

    [Fact]
    public async Task Access_OfARoleThatOthersInherit_TellsTheirHoldersToo_EachOnceOnEveryPage()
    {
        var api = await RoleWithHoldersAsync();
        (await api.PostAsync("/api/v1/roles", new { name = "part", parents = new object[] { new { role_id = "top", inheritance_type = "partial", permissions = new[] { "doc:write" } }, new { role_id = "base", inheritance_type = "full" } } })).Is(201);
        await api.AssignAsync("part", "dora");
        await api.AssignAsync("base", "eve");

        var entries = await Paging.AllAsync(api, "/api/v1/roles/base/access?limit=1", item => (
            item.GetProperty("principal").GetProperty("id").GetString(), item.GetProperty("permission").GetString(), string.Join('>', item.GetProperty("path").EnumerateArray()), item.GetProperty("conditional").GetBoolean()));

        Assert.Equal(
            [("alice", "doc:read", "top>base", true), ("bob", "doc:read", "top>base", false), ("carl", "doc:read", "top>base", false), ("dora", "doc:read", "part>base", false), ("eve", "doc:read", "base", false)],
            entries.OrderBy(entry => entry.Item1, StringComparer.Ordinal));
        Assert.Equal(entries, await Paging.AllAsync(api, "/api/v1/roles/base/access?limit=2", item => (
            item.GetProperty("principal").GetProperty("id").GetString(), item.GetProperty("permission").GetString(), string.Join('>', item.GetProperty("path").EnumerateArray()), item.GetProperty("conditional").GetBoolean())));
    }

    [Fact]
    public async Task Access_TokenOfAnotherRoleOrTenantOrChanged_IsRefused()
    {
        var api = await RoleWithHoldersAsync();
        var other = await RoleWithHoldersAsync();
        var token = (await api.GetAsync("/api/v1/roles/top/access?limit=1")).Is(200).NextPage!;

        (await api.GetAsync($"/api/v1/roles/base/access?limit=1&page_token={token}")).Refused(400, "validation_failed", "page_token");
        (await other.GetAsync($"/api/v1/roles/top/access?limit=1&page_token={token}")).Refused(400, "validation_failed", "page_token");
        (await api.GetAsync($"/api/v1/roles/top/access?limit=1&page_token={token[..^2]}{(token[^2] == 'A' ? 'B' : 'A')}{token[^1]}")).Refused(400, "validation_failed", "page_token");
        (await api.GetAsync("/api/v1/roles/top/access?limit=1&page_token=bm90IG91cnM")).Refused(400, "validation_failed", "page_token");
    }

    // alice has top within a scope, bob and carl by their team.
    private async Task<ApiClient> RoleWithHoldersAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "doc:read");
        (await api.PostAsync("/api/v1/roles", new { name = "top", permissions = new[] { "doc:write" }, parents = new[] { new { role_id = "base", inheritance_type = "full" } } })).Is(201);
        (await api.PostAsync("/api/v1/roles/top/assign", new { user_id = "alice", scope = new { site = "s" } })).Is(200);
        (await api.PostAsync("/api/v1/roles/top/assign", """{"principal":{"type":"team","id":"crew"}}""")).Is(200);
        (await api.PutAsync("/api/v1/teams/crew/members/bob", null)).Is(204);
        (await api.PutAsync("/api/v1/teams/crew/members/carl", null)).Is(204);
        return api;
    }
}
