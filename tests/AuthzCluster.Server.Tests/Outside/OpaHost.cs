using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Tests.Opa;
using AuthzCluster.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Server.Tests.Outside;

/// <summary>A real server that may ask one policy server; its clock stands still, so that what is kept is kept.</summary>
internal sealed class OpaHost : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private ServerApp _app = null!;
    private HttpClient _http = null!;

    private OpaHost(OpaStub stub) => Opa = stub;

    public OpaStub Opa { get; }

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));

    public ApiClient Api => new(_http, "");

    public static async Task<OpaHost> StartAsync()
    {
        var host = new OpaHost(await OpaStub.StartAsync());
        host._app = await ServerApp.StartAsync(
            new ServerOptions { Data = host._directory.Path, Http = new() { Port = 0 }, Opa = new OpaOptions { Urls = [host.Opa.Url], Timeout = TimeSpan.FromSeconds(10) } },
            services => services.AddSingleton<TimeProvider>(host.Time));
        host._http = new HttpClient { BaseAddress = host._app.Url };
        host._http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(host._app.AdminKeyPath)).Trim());
        return host;
    }

    /// <summary>A client for a new tenant.</summary>
    public async Task<ApiClient> TenantAsync(string id, object? settings = null)
    {
        (await Api.PostAsync("/api/v1/tenants", new { id, settings = settings ?? new { } })).Is(201);
        return new ApiClient(_http, $"/tenants/{id}") { Tenant = id };
    }

    /// <summary>Gives alice a role that reads documents while the policy server's <c>authz/allow</c> holds; answers the assignment's place.</summary>
    public static async Task<string> AssignAsync(ApiClient api, params object[] conditions)
    {
        await api.RoleAsync("reader", "docs:read");
        object[] all = conditions.Length > 0 ? conditions : [new { type = "opa", @params = new { path = "authz/allow" } }];
        var reply = (await api.PostAsync("/api/v1/roles/reader/assign", new { user_id = "alice", conditions = all })).Is(200);
        return $"/api/v1/assignments/{reply["id"].GetString()}";
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await Opa.DisposeAsync();
        _directory.Dispose();
    }
}
