using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Serving;
using AuthzCluster.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Server.Tests.Support;

/// <summary>A real server, some ports of which fail when a test says so.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly ServerApp _app;
    private readonly HttpClient _http;

    private FaultyServer(TemporaryDirectory directory, ServerApp app)
    {
        (_directory, _app) = (directory, app);
        _http = new HttpClient { BaseAddress = app.Url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", File.ReadAllText(app.AdminKeyPath).Trim());
        Api = new ApiClient(_http, "");
    }

    public ApiClient Api { get; }

    public Uri Url => _app.Url;

    public Uri GrpcUrl => _app.GrpcUrl!;

    public string Key => _http.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>Starts it with the faults of <paramref name="answer"/>: see <see cref="PortProxy{T}"/>; the name is <c>Port.Method</c>. Its clock is <paramref name="time"/>, or the real one.</summary>
    public static async Task<FaultyServer> StartAsync(Func<string, object?[], object?> answer, HttpServing? http = null, TimeProvider? time = null)
    {
        var directory = new TemporaryDirectory();
        var app = await ServerApp.StartAsync(new ServerOptions { Data = directory.Path, Http = (http ?? new()) with { Port = 0 } }, services =>
        {
            if (time is not null)
            {
                services.AddSingleton(time);
            }
            Replace<IRoles>(services, node => node.Roles, answer);
            Replace<IDecisions>(services, node => node.Decisions, answer);
            Replace<IAuditTrail>(services, node => node.AuditTrail, answer);
            Replace<IApiKeys>(services, node => node.ApiKeys, answer);
            Replace<INodeHealth>(services, node => node, answer);
        });
        return new FaultyServer(directory, app);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    private static void Replace<T>(IServiceCollection services, Func<EmbeddedNode, T> port, Func<string, object?[], object?> answer) where T : class =>
        services.AddSingleton(provider => PortProxy<T>.Over(
            port(provider.GetRequiredService<EmbeddedNode>()), (method, arguments) => answer($"{typeof(T).Name}.{method}", arguments)));
}
