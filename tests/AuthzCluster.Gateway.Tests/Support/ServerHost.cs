using AuthzCluster.Api.Serving;
using AuthzCluster.Gateway;
using AuthzCluster.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>The host under test here: a gateway before two silos on PostgreSQL.</summary>
internal sealed class ServerHost : IRunningServer
{
    private readonly TestCluster _cluster;
    private readonly GatewayApp _gateway;

    private ServerHost(TestCluster cluster, GatewayApp gateway) => (_cluster, _gateway) = (cluster, gateway);

    public Uri Url => _gateway.Url;

    public Uri GrpcUrl => _gateway.GrpcUrl!;

    public string Key => _cluster.AdminKey;

    public string Place => _cluster.Database;

    /// <summary>Starts one; its clock, and that of the silos, is <paramref name="time"/>, or the real one.</summary>
    public static async Task<IRunningServer> StartAsync(HttpServing? http = null, TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var cluster = await TestCluster.StartAsync(time: time);
        var gateway = await GatewayApp.StartAsync(cluster.Gateway with { Http = (http ?? new()) with { Port = 0 } }, services =>
        {
            services.AddSingleton(time ?? TimeProvider.System);
            configure?.Invoke(services);
        });
        await Readiness.WaitAsync(gateway.Url);
        return new ServerHost(cluster, gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
