using AuthzCluster.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Gateway.Tests.Support;

/// <summary>A gateway in this process, and who asks it.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly GatewayApp _app;
    private readonly HttpClient _http;

    private RunningGateway(GatewayApp app, string key)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = app.Url, Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public ApiClient Api => new(_http, "");

    public ApiClient In(string tenant) => new(_http, $"/tenants/{tenant}") { Tenant = tenant };

    public Uri Url => _app.Url;

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<RunningGateway> StartAsync(GatewayOptions options, string key, Action<IServiceCollection>? configure = null)
    {
        var gateway = await ListenAsync(options, key, configure);
        await Readiness.WaitAsync(gateway.Url);
        return gateway;
    }

    /// <summary>Starts one and waits for nothing.</summary>
    public static async Task<RunningGateway> ListenAsync(GatewayOptions options, string key, Action<IServiceCollection>? configure = null) =>
        new(await GatewayApp.StartAsync(options, configure), key);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
