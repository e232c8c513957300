using AuthzCluster.Api.Serving;
using AuthzCluster.Gateway.Cluster;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;

namespace AuthzCluster.Gateway;

/// <summary>A gateway: the API over the ports of a cluster, listening. Dispose stops it, cleanly.</summary>
public sealed class GatewayApp : IAsyncDisposable
{
    private readonly HttpHost _http;
    private readonly ClusterConnection _cluster;

    private GatewayApp(HttpHost http, ClusterConnection cluster) => (_http, _cluster) = (http, cluster);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Url => _http.Url;

    /// <summary>Where gRPC is, such as <c>http://127.0.0.1:8081</c>; null: it is off.</summary>
    public Uri? GrpcUrl => _http.GrpcUrl;

    /// <summary>Starts a gateway. It listens at once, and is ready once a silo answers.</summary>
    /// <param name="options">Already checked.</param>
    /// <param name="configure">Services that take the place of the usual ones; null: none.</param>
    /// <exception cref="StartRefusedException">It cannot start; nothing is left running.</exception>
    public static async Task<GatewayApp> StartAsync(GatewayOptions options, Action<IServiceCollection>? configure = null)
    {
        var cluster = new ClusterConnection(options);
        try
        {
            cluster.Start();
            var http = await HttpHost.StartAsync(options.Http, () => cluster.PageTokenKey, AddPorts, _ => null);
            return new GatewayApp(http, cluster);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        void AddPorts(IServiceCollection services)
        {
            Add(services, cluster.Ports);
            configure?.Invoke(services);
        }
    }

    /// <summary>Waits until the process is asked to stop, and has stopped.</summary>
    public Task WaitForShutdownAsync() => _http.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static void Add(IServiceCollection services, ClusterPorts ports) => services
        .AddSingleton(ports.Decisions).AddSingleton(ports.Candidates).AddSingleton(ports.Roles).AddSingleton(ports.Permissions).AddSingleton(ports.Policies).AddSingleton(ports.RoleRequests)
        .AddSingleton(ports.Assignments)
        .AddSingleton(ports.Entities).AddSingleton(ports.Tenants).AddSingleton(ports.ModelTransfer).AddSingleton(ports.AuditTrail)
        .AddSingleton(ports.Events).AddSingleton(ports.Webhooks).AddSingleton(ports.Constraints)
        .AddSingleton(ports.ApiKeys).AddSingleton(ports.Answers).AddSingleton(ports.CallerRights).AddSingleton(ports.Health);
}
