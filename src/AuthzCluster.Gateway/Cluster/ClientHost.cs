using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting.Processes;
using AuthzCluster.Hosting.Tls;
using Orleans.Configuration;

namespace AuthzCluster.Gateway.Cluster;

/// <summary>Makes Orleans clients as gateways have them, each in a host of its own.</summary>
internal static class ClientHost
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>Makes one that has not started.</summary>
    public static IHost Make(GatewayOptions options, ClusterCertificates? certificates, ConnectionRetry retry)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddConsoleLog();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
            client.Configure<ClientMessagingOptions>(WireLimits.Apply);
            client.UseSilos(options.Silos);
            client.Services.AddAuthzWire();
            client.Services.AddSingleton<IClientConnectionRetryFilter>(retry);
            if (certificates is not null)
            {
                client.UseTls(certificates.Own, tls => ClusterTls.Apply(tls, certificates.Own, certificates.Authority));
            }
        });
        return builder.Build();
    }

    /// <summary>Ends one, wherever its start stands.</summary>
    public static async Task DropAsync(IHost client)
    {
        using var end = new CancellationTokenSource(StopPatience);
        await client.StopAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
    }
}
