using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Keys;

/// <summary>API keys as their makers and their bearers see them.</summary>
[Collection(ServerCollection.Name)]
public sealed class ApiKeyTests(ServerFixture server)
{
    private const string Keys = "/api/v1/api-keys", Roles = "/api/v1/roles";

    [Fact]
    public async Task Create_Key_IsShownOnceAndWorksInItsTenantOnly()
    {
        var (api, other) = (await server.TenantAsync(), await server.TenantAsync());

        var made = (await api.PostAsync(Keys, new { name = "ci", roles = new[] { "tenant_admin" }, expires_at = "2999-01-01T00:00:00Z" })).Is(201);
        var (id, key) = (made["id"].GetString()!, made["key"].GetString()!);

        Assert.Equal($"/tenants/{api.Tenant}{Keys}/{id}", made.Headers["Location"]);
        Assert.Equal("no-store", made.Headers["Cache-Control"]);
        Assert.StartsWith($"authzk_{id}.", key, StringComparison.Ordinal);
        Assert.Equal(($"service:{id}", "ci", "service:admin", true), (made["subject"].GetString(), made["name"].GetString(), made["created_by"].GetString(), made["is_active"].GetBoolean()));
        Assert.Equal([api.Tenant], made.Texts("tenants"));
        Assert.Equal(["tenant_admin"], made.Texts("roles"));
        var read = (await api.GetAsync($"{Keys}/{id}")).Is(200);
        Assert.False(read.Json.TryGetProperty("key", out _));
        Assert.Equal(made.Text.Replace($"\"key\":\"{key}\",", "", StringComparison.Ordinal), read.Text);
        Assert.DoesNotContain(key, (await api.GetAsync(Keys)).Is(200).Text, StringComparison.Ordinal);

        (await api.As(key).GetAsync(Roles)).Is(200);
        (await api.As(key).PostAsync(Roles, new { name = "made-by-key" })).Is(201);
        (await other.As(key).GetAsync(Roles)).Refused(403, "forbidden");
        (await new ApiClient(server.Http, "") { Token = key }.GetAsync(Roles)).Refused(403, "forbidden");
        (await api.As(key).GetAsync("/api/v1/tenants")).Refused(403, "forbidden");
        (await other.GetAsync($"{Keys}/{id}")).Refused(404, "not_found");
        (await other.DeleteAsync($"{Keys}/{id}")).Refused(404, "not_found");
        Assert.Equal($"service:{id}", (await api.GetAsync("/api/v1/audit?action=role.created")).Items[0].GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Requests_WithAnythingButTheToken_AreUnauthenticated()
    {
        var api = await server.TenantAsync();
        var (one, other) = (await MakeAsync(api), await MakeAsync(api));
        var (key, secret) = (one["key"].GetString()!, one["key"].GetString()!.Split('.')[1]);
        (await api.As(key).GetAsync(Roles)).Is(200);

        string[] wrong =
        [
            $"authzk_{other["id"].GetString()}.{secret}", $"authzk_{one["id"].GetString()}.", $"authzk_{one["id"].GetString()}", key[..^1], key + "A", key[1..], $"authzk_admin.{secret}",
            $"authzk_{secret}", secret, $"authzk_.{secret}", $"authzk_..{secret}", $"authzk_%2e%2e.{secret}", key.Replace('.', '_'), key.ToUpperInvariant(), $"{key}.{secret}", new string('a', 20_000), "authzk_" + new string('a', 10_000) + ".x",
        ];
        foreach (var token in wrong)
        {
            (await api.As(token).GetAsync(Roles)).Refused(401, "unauthenticated");
        }
        (await api.As(key).GetAsync(Roles)).Is(200);
    }

    [Fact]
    public async Task Create_ByWhoMayMakeKeysOnly_GivesWhatIsHeldAndNoMore()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("keeper", "authz.keys:create", "invoices:read");
        await api.RoleAsync("reader", "invoices:read");
        await api.RoleAsync("payer", "payments:approve");
        await api.AssignAsync("keeper", "kim");
        var kim = api.As(server.TokenOf("kim", api.Tenant));

        (await kim.PostAsync(Keys, new { name = "fine", roles = new[] { "reader" } })).Is(201);
        (await kim.PostAsync(Keys, new { name = "more", roles = new[] { "reader", "payer" } })).Refused(403, "forbidden");
        (await kim.PostAsync($"{Roles}/reader/assign", new { user_id = "kim" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Narrowed_Key_DoesOnlyWhatBothCover()
    {
        var api = await server.TenantAsync();
        var made = await MakeAsync(api, new { name = "n", roles = new[] { "tenant_admin" }, permissions = new[] { "authz.roles:read", "authz.keys:*", "authz.assignments:create", "*:list" } });
        var narrowed = api.As(made["key"].GetString()!);

        Assert.Equal(4, made["permissions"].GetArrayLength());
        (await narrowed.GetAsync(Roles)).Is(200);
        (await narrowed.PostAsync(Roles, new { name = "x" })).Refused(403, "forbidden");
        (await narrowed.PostAsync("/api/v1/authorization/evaluate", new { user = "alice", permission = "a:b" })).Refused(403, "forbidden");
        (await narrowed.PostAsync(Keys, new { name = "wide", permissions = new[] { "*" } })).Refused(403, "forbidden");
        Assert.Equal(made.Texts("permissions"), (await narrowed.PostAsync(Keys, new { name = "like it" })).Is(201).Texts("permissions"));
        Assert.Equal(["authz.roles:read"], (await narrowed.PostAsync(Keys, new { name = "less", permissions = new[] { "authz.roles:read" } })).Is(201).Texts("permissions"));
    }

    [Fact]
    public async Task Create_BeyondTheCallersOwn_IsRefused()
    {
        var (api, other) = (await server.TenantAsync(), await server.TenantAsync());
        var admin = api.As((await MakeAsync(api, new { name = "a", roles = new[] { "tenant_admin" } }))["key"].GetString()!);

        (await admin.PostAsync(Keys, new { name = "x", roles = new[] { "super_admin" } })).Refused(403, "forbidden");
        (await admin.PostAsync(Keys, new { name = "x", tenants = new[] { api.Tenant, other.Tenant } })).Refused(403, "forbidden");
        (await admin.PostAsync(Keys, new { name = "x", tenants = new[] { "system" } })).Refused(403, "forbidden");
        (await admin.PostAsync(Keys, new { name = "x", tenants = new[] { "no-such-tenant" } })).Refused(403, "forbidden");
        (await admin.PostAsync(Keys, new { name = "x", roles = new[] { "tenant_admin" } })).Is(201);

        var viewer = api.As((await MakeAsync(api, new { name = "v", roles = new[] { "viewer" } }))["key"].GetString()!);
        (await viewer.GetAsync(Keys)).Is(200);
        (await viewer.PostAsync(Keys, new { name = "x" })).Refused(403, "forbidden");
        var mighty = (await MakeAsync(api, new { name = "s", roles = new[] { "super_admin" } }))["id"].GetString();
        (await admin.PostAsync($"{Keys}/{mighty}/rotate", new { })).Refused(403, "forbidden");
        (await viewer.PostAsync($"{Keys}/{mighty}/rotate", new { })).Refused(403, "forbidden");
        (await viewer.DeleteAsync($"{Keys}/{mighty}")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Rotate_KeyOfTenantsTheCredentialIsNotFor_IsRefused()
    {
        var (api, other) = (await server.TenantAsync(), await server.TenantAsync());
        var both = (await MakeAsync(api, new { name = "both", roles = new[] { "viewer" }, tenants = new[] { api.Tenant, other.Tenant } }))["id"].GetString();
        var admin = await MakeAsync(api, new { name = "a", roles = new[] { "tenant_admin" } });
        // It holds enough there, but its key is not valid there.
        (await other.PostAsync($"{Roles}/super_admin/assign", new { principal = new { type = "service", id = admin["id"].GetString() } })).Is(200);

        (await api.As(admin["key"].GetString()!).PostAsync($"{Keys}/{both}/rotate", new { })).Refused(403, "forbidden");
        (await api.PostAsync($"{Keys}/{both}/rotate", new { })).Is(200);
    }

    [Theory]
    [InlineData("""{"roles":["viewer"]}""", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"x","roles":["no-such-role"]}""", "roles")]
    [InlineData("""{"name":"x","roles":[null]}""", "roles[0]")]
    [InlineData("""{"name":"x","tenants":[]}""", "tenants")]
    [InlineData("""{"name":"x","tenants":[".."]}""", "tenants[0]")]
    [InlineData("""{"name":"x","tenants":["no-such-tenant"]}""", "tenants")]
    [InlineData("""{"name":"x","permissions":[]}""", "permissions")]
    [InlineData("""{"name":"x","permissions":["a:b","x"]}""", "permissions[1]")]
    [InlineData("""{"name":"x","expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"x","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"name":"x","key":"authzk_mine"}""", "key")]
    [InlineData("""{"name":"x","id":"mine"}""", "id")]
    [InlineData("""{"name":"x","tenant_id":"other"}""", "tenant_id")]
    public async Task Create_BadBody_IsRefusedAndLeavesNothing(string body, string field)
    {
        var api = await server.TenantAsync();

        (await api.PostAsync(Keys, body)).Refused(400, "validation_failed", field);

        Assert.Empty((await api.GetAsync(Keys)).Items);
    }

    [Theory]
    [InlineData("""{"overlap":"1 day"}""", "overlap")]
    [InlineData("""{"overlap":"P31D"}""", "overlap")]
    [InlineData("""{"overlap":"-PT1H"}""", "overlap")]
    [InlineData("""{"overlap":3600}""", "overlap")]
    [InlineData("""{"hours":1}""", "hours")]
    public async Task Rotate_BadBody_IsRefused(string body, string field)
    {
        var api = await server.TenantAsync();
        var made = await MakeAsync(api);

        (await api.PostAsync($"{Keys}/{made["id"].GetString()}/rotate", body)).Refused(400, "validation_failed", field);
        (await api.As(made["key"].GetString()!).GetAsync(Roles)).Is(200);
    }

    [Fact]
    public async Task List_Pages_HaveEachKeyOnce()
    {
        var api = await server.TenantAsync();
        var ids = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await MakeAsync(api))["id"].GetString());
        }
        Assert.Equal(ids.Order(StringComparer.Ordinal), await Paging.AllAsync(api, $"{Keys}?limit=2", item => item.GetProperty("id").GetString()));
    }

    private static Task<Reply> MakeAsync(ApiClient api) => MakeAsync(api, new { name = "usual", roles = new[] { "viewer" } });

    private static async Task<Reply> MakeAsync(ApiClient api, object body) => (await api.PostAsync(Keys, body)).Is(201);
}
