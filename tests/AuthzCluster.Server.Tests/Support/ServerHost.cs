using AuthzCluster.Api.Serving;
using AuthzCluster.Server;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>The host under test here: the embedded server, on SQLite in a directory of its own.</summary>
internal sealed class ServerHost : IRunningServer
{
    private readonly TemporaryDirectory _directory = new();
    private ServerApp _app = null!;

    private ServerHost()
    {
    }

    public Uri Url => _app.Url;

    public Uri GrpcUrl => _app.GrpcUrl!;

    public string Key { get; private set; } = "";

    public string Place => _directory.Path;

    /// <summary>Starts one; its clock is <paramref name="time"/>, or the real one.</summary>
    public static async Task<IRunningServer> StartAsync(HttpServing? http = null, TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var host = new ServerHost();
        host._app = await ServerApp.StartAsync(new ServerOptions { Data = host.Place, Http = (http ?? new()) with { Port = 0 } }, services =>
        {
            services.AddSingleton(time ?? TimeProvider.System);
            configure?.Invoke(services);
        });
        host.Key = (await File.ReadAllTextAsync(host._app.AdminKeyPath)).Trim();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
