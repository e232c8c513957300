using System.Text;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Abuse;

/// <summary>Requests that are in order and would cost a lot: bounded, while others are answered.</summary>
[Collection(ServerCollection.Name)]
public sealed class ExpensiveTests(ServerFixture server)
{
    private const int Acceptable = 16 * 1024 * 1024;

    [Fact]
    public async Task List_RolesWithAllPermissionsTheyMayHave_ComesInPagesThatFit()
    {
        var api = await server.TenantAsync();
        var permissions = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"r{i}:read\""));
        (await api.PostAsync("/api/v1/import?format=authz", $$"""{"roles":[{{string.Join(',', Enumerable.Range(0, 30).Select(i => $$"""{"name":"big{{i:00}}","permissions":[{{permissions}}]}"""))}}]}""")).Is(200);
        await api.AssignAsync("big00", "alice");

        var (names, token) = (new List<string>(), "");
        do
        {
            var page = (await api.GetAsync($"/api/v1/roles?include_built_in=false&limit=1000{token}")).Is(200);
            Assert.InRange(page.Text.Length, 1, Acceptable);
            names.AddRange(page.Items.Select(role => role.GetProperty("name").GetString()!));
            token = page["next_page_token"].GetString() is { } next ? $"&page_token={next}" : "";
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"big{i:00}"), names);
        var batch = (await api.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations = Enumerable.Range(0, 1000).Select(i => new { user = "alice", permission = $"r{i}:read", explain = true }) })).Is(200);
        Assert.InRange(batch.Text.Length, 1, Acceptable);
        Assert.All(batch["decisions"].EnumerateArray(), decision => Assert.True(decision.GetProperty("decision").GetBoolean()));
    }

    [Fact]
    public async Task Batch_ExplainedForWhoHoldsAThousandRoles_IsToldToAskForLess()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:read");
        var rows = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $$$"""{"user_id":"alice","role":"clerk","scope":{"site":"{{{i}}}"}}"""));
        (await api.PostAsync("/api/v1/import?format=assignments", rows)).Is(200);

        object Batch(int count) => new { evaluations = Enumerable.Repeat(new { user = "alice", permission = "a:read", explain = true }, count) };

        (await api.PostAsync("/api/v1/authorization/evaluate/batch", Batch(1000))).Refused(413, "payload_too_large");
        (await api.PostAsync("/api/v1/authorization/evaluate/batch", Batch(50))).Is(200);
        (await api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "a:read" })).Is(200);
    }

    // Ten layers, each role under all of the next: the number of ways from bottom to top has fourteen digits.
    [Theory]
    [InlineData("full", "")]
    [InlineData("conditional", ""","conditions":[{"type":"attribute_match","params":{"attribute":"resource.FROM","operator":"neq","expected":"TO"}}]""")]
    [InlineData("partial", ""","permissions":["a:*","r:*"]""")]
    public async Task Hierarchy_WithMoreWaysThanCanBeCounted_IsAnswered(string type, string more)
    {
        const int layers = 10, width = 25;
        var api = await server.TenantAsync();
        var roles = new StringBuilder();
        for (var layer = 0; layer < layers; layer++)
        {
            for (var i = 0; i < width; i++)
            {
                var from = $"l{layer}i{i}";
                var parents = layer == layers - 1 ? [] : Enumerable.Range(0, width).Select(to => $$"""{"role_id":"l{{layer + 1}}i{{to}}","inheritance_type":"{{type}}"{{more.Replace("FROM", from, StringComparison.Ordinal).Replace("TO", $"{to}", StringComparison.Ordinal)}}}""");
                roles.Append(roles.Length == 0 ? "" : ",").Append($$"""{"name":"{{from}}","permissions":["a:read","r:p{{layer}}x{{i}}"],"parents":[{{string.Join(',', parents)}}]}""");
            }
        }
        await using var canary = new Canary(server.Url, server.Key, await HonestAsync());

        (await api.PostAsync("/api/v1/import?format=authz", $$"""{"roles":[{{roles}}]}""")).Is(200);
        await api.AssignAsync("l0i0", "alice");
        await api.AssignAsync("tenant_admin", "clerk");

        Assert.Equal("granted", await api.ReasonAsync("alice", "r:p9x9"));
        (await api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "r:p9x9" })).Is(200);
        foreach (var path in new[] { "roles/l0i0/hierarchy", "roles/l9i0/hierarchy", "roles/l0i0/permissions", "roles/l0i0/permissions/r:p9x9", "users/alice/permissions", "export" })
        {
            Assert.InRange((await api.GetAsync($"/api/v1/{path}")).Is(200).Text.Length, 1, Acceptable);
        }
        (await api.PutAsync("/api/v1/roles/l9i0/parents/l0i0", new { inheritance_type = "full" })).Refused(409, "circular_hierarchy");
        await canary.HearAsync();
    }

    [Fact]
    public async Task Filter_OverAHundredThousandRoles_IsAnswered()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync("/api/v1/import?format=authz", $$"""{"roles":[{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{"name":"role-{{i:000000}}","permissions":["a:read"]}"""))}}]}""")).Is(200);
        await using var canary = new Canary(server.Url, server.Key, await HonestAsync());

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AnsweredAsync(api, $"/api/v1/roles?limit=1000&q={new string('0', i)}")));

        Assert.All(replies, reply => reply.Is(200));
        await canary.HearAsync();
    }

    // Of a cluster each node reads so large a model first; who asks meanwhile may be told to come again.
    private static async Task<Reply> AnsweredAsync(ApiClient api, string path)
    {
        const int most = 20;
        var reply = await api.GetAsync(path);
        for (var again = 0; reply.Status == 503 && again < most; again++)
        {
            reply = await api.GetAsync(path);
        }
        return reply;
    }

    private async Task<string> HonestAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:read");
        await api.AssignAsync("clerk", "alice");
        return api.Tenant;
    }
}
