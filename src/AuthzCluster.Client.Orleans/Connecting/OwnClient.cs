using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>One Orleans client, with the container that it lives in.</summary>
internal sealed class OwnClient : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<IHostedService> _parts;
    private bool _hasBegun;

    public OwnClient(AuthzClusterOrleansOptions options, ILoggerFactory? log, ConnectionRetry retry)
    {
        var services = new ServiceCollection();
        if (log is not null)
        {
            services.AddSingleton(log);
        }
        services.AddLogging();
        services.AddOrleansClient(client => Configure(client, options, retry));
        _services = services.BuildServiceProvider();
        Grains = _services.GetRequiredService<IGrainFactory>();
        _parts = [.. _services.GetServices<IHostedService>()];
    }

    public IGrainFactory Grains { get; }

    public async Task StartAsync(CancellationToken stop)
    {
        _hasBegun = true;
        foreach (var part in _parts)
        {
            await part.StartAsync(stop).ConfigureAwait(false);
        }
    }

    // Wherever its start stands.
    public async ValueTask DisposeAsync()
    {
        if (_hasBegun)
        {
            using var patience = new CancellationTokenSource(StopPatience);
            foreach (var part in _parts.Reverse())
            {
                await part.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(IClientBuilder client, AuthzClusterOrleansOptions options, ConnectionRetry retry)
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
        client.Configure<ClientMessagingOptions>(WireLimits.Apply);
        client.Services.AddAuthzWire();
        client.Services.AddSingleton<IClientConnectionRetryFilter>(retry);
        if (options.Silos.Count > 0)
        {
            client.UseSilos([.. options.Silos.Select(SiloAddresses.Parse)]);
        }
        options.ConfigureClient?.Invoke(client);
    }
}
