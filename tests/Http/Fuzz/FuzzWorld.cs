using System.Text.Json;
using AuthzCluster.Api.Http;
using AuthzCluster.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>A server of its own with a few tenants, and callers with all, some and no rights.</summary>
internal sealed class FuzzWorld : IAsyncDisposable
{
    public const string Tenant = "acme";

    private IRunningServer _server = null!;
    private HttpClient _http = null!;
    private string _apiKey = "", _assignment = "", _webhook = "";
    private readonly string[] _requests = ["", "", ""];

    private FuzzWorld()
    {
    }

    public Uri Url => _server.Url;

    public ApiClient Api { get; private set; } = null!;

    public IReadOnlyList<FuzzCaller> Callers { get; private set; } = [];

    /// <summary>The good request of an endpoint, as it is here.</summary>
    public GoodRequest Good(ApiEndpoint endpoint) =>
        GoodRequests.Of(endpoint)!.With(GoodRequests.ApiKey, _apiKey).With(GoodRequests.Assignment, _assignment).With(GoodRequests.Webhook, _webhook)
            .With(GoodRequests.Approvable, _requests[0]).With(GoodRequests.Rejectable, _requests[1]).With(GoodRequests.Cancellable, _requests[2]);

    public IReadOnlyList<string> Tokens { get; private set; } = [];

    /// <summary>What no answer may tell.</summary>
    public IReadOnlyList<string> Secrets { get; private set; } = [];

    public static async Task<FuzzWorld> StartAsync(Action<IServiceCollection>? services = null)
    {
        var world = new FuzzWorld();
        world._server = await ServerHost.StartAsync(configure: services);
        world._http = new HttpClient { BaseAddress = world.Url };
        world._http.DefaultRequestHeaders.Authorization = new("Bearer", world._server.Key);
        world.Api = new ApiClient(world._http, "");
        await world.FurnishAsync(world._server.Key);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task FurnishAsync(string admin)
    {
        var elsewhere = $"elsewhere-{Guid.NewGuid():n}";
        foreach (var id in new[] { Tenant, elsewhere })
        {
            (await Api.PostAsync("/api/v1/tenants", new { id })).Is(201);
        }
        var acme = new ApiClient(_http, $"/tenants/{Tenant}");
        (await acme.PostAsync("/api/v1/roles", new { id = "base", name = "base", permissions = new[] { "a:read", "b:read" } })).Is(201);
        (await acme.PostAsync("/api/v1/roles", new { id = "clerk", name = "clerk", permissions = new[] { "a:read", "c:*" }, parent_role_id = "base" })).Is(201);
        (await acme.PostAsync("/api/v1/roles", new { id = "reader", name = "reader", permissions = new[] { "authz.*:read", "authz.evaluate:execute", "authz.model:export" } })).Is(201);
        (await acme.PostAsync("/api/v1/roles", new { id = "nothing", name = "nothing", permissions = new[] { "x:y" } })).Is(201);
        (await acme.PostAsync("/api/v1/roles/nothing/policies", new { id = "of-nothing", name = "of-nothing", effect = "deny", resources = new[] { "zzz" } })).Is(201);
        (await acme.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "team", id = "crew" } })).Is(200);
        _assignment = (await acme.AssignAsync("clerk", "alice"))["id"].GetString()!;
        (await acme.PostAsync("/api/v1/permissions", new { permission = "known:read" })).Is(201);
        (await acme.PostAsync("/api/v1/constraints", new { id = "kept", name = "kept", roles = new[] { "nothing", "reader" }, max = 1 })).Is(201);
        (await acme.PostAsync("/api/v1/policies", new { id = "kept", name = "kept", effect = "deny", resources = new[] { "zzz" } })).Is(201);
        Assert.InRange((await acme.PutAsync("/api/v1/entities/user/alice", new { properties = new { level = 3 } })).Status, 200, 201);
        await acme.AssignAsync("base", "alice");
        (await acme.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "service", id = "robot" } })).Is(200);
        foreach (var user in new[] { "alice", "carol", "dave" })
        {
            (await acme.PutAsync($"/api/v1/teams/crew/members/{user}", null)).Is(204);
        }
        // Not the admin's own: nobody approves those.
        (await acme.PostAsync("/api/v1/roles", new { id = "asking", name = "asking", permissions = new[] { "authz.requests:create" } })).Is(201);
        var asker = acme.As(await KeyAsync(acme, "asking", Tenant));
        for (var i = 0; i < _requests.Length; i++)
        {
            _requests[i] = (await asker.PostAsync("/api/v1/role-requests", new { role = "base", user_id = $"asked{i}" })).Is(201)["id"].GetString()!;
        }
        var victim = (await acme.PostAsync("/api/v1/api-keys", new { name = "victim", roles = new[] { "base" } })).Is(201);
        _apiKey = victim["id"].GetString()!;
        var hook = (await acme.PostAsync("/api/v1/webhooks", new { url = "https://hooks.example.com/authz", is_active = false })).Is(201);
        _webhook = hook["id"].GetString()!;
        var reader = await KeyAsync(acme, "reader", Tenant);
        var nothing = await KeyAsync(acme, "nothing", Tenant);
        var foreign = await KeyAsync(new ApiClient(_http, $"/tenants/{elsewhere}"), "tenant_admin", elsewhere);
        Callers =
        [
            new FuzzCaller("nobody", ""),
            new FuzzCaller("without rights", nothing),
            new FuzzCaller("reader", reader) { MayRead = true },
            new FuzzCaller("foreign", foreign) { IsForeign = true },
            new FuzzCaller("admin", admin) { MayRead = true, MayWrite = true },
        ];
        Secrets = [admin, reader, nothing, foreign, victim["key"].GetString()!, hook["secret"].GetString()!, _server.Place];
        Tokens = await TokensAsync(acme);
    }

    private static async Task<string> KeyAsync(ApiClient api, string role, string tenant) =>
        (await api.PostAsync("/api/v1/api-keys", new { name = role, roles = new[] { role }, tenants = new[] { tenant } })).Is(201)["key"].GetString()!;

    private static async Task<List<string>> TokensAsync(ApiClient acme)
    {
        var tokens = new List<string>();
        foreach (var path in new[] { "roles", "audit", "users/alice/roles", "users/alice/teams", "teams/crew/members", "roles/clerk/assignments" })
        {
            var reply = (await acme.GetAsync($"/api/v1/{path}?limit=1")).Is(200);
            if (reply["next_page_token"].ValueKind == JsonValueKind.String)
            {
                tokens.Add(reply.NextPage!);
            }
        }
        return tokens;
    }
}
