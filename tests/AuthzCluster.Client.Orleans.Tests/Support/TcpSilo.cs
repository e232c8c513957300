using AuthzCluster.Hosting;
using System.Net;
using System.Net.Sockets;
using AuthzCluster.Grains;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.TestingHost.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace AuthzCluster.Client.Orleans.Tests.Support;

/// <summary>A silo that listens on loopback, as one of a real cluster does, and is an application of its own too.</summary>
internal sealed class TcpSilo(IHost host, OpenStorage storage) : IAsyncDisposable
{
    public const string Key = "0123456789abcdef0123456789abcdef";

    public IServiceProvider Services => host.Services;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts one whose port for clients is this, with <see cref="Key"/> as the administrator's.</summary>
    public static async Task<TcpSilo> StartAsync(int port, string cluster, Action<ISiloBuilder>? configure = null)
    {
        var storage = await OpenStorage.MemoryAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), port, serviceId: "authz", clusterId: cluster);
            silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddAuthzGrains(_ => new SiloStorage(storage.States, storage.Audit, storage.Leases, () => storage.WriteProblem, new WriteFaults()));
            configure?.Invoke(silo);
        });
        builder.Services.AddAuthzClusterGrainClient(options => options.ApiKey = Key);
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<NodeServices>().ApiKeys.EnsureAdminAsync(Key, isNew: true);
        return new TcpSilo(host, storage);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await storage.CloseAsync();
    }
}
