using System.Net;
using AuthzCluster.Grains.Abstractions.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Messaging;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>How a client connects to the silos of a cluster.</summary>
public static class SiloConnections
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(2);

    /// <summary>Has a client find the silos by their names, and call those that answer.</summary>
    /// <param name="client">The client.</param>
    /// <param name="silos">As for <see cref="SiloAddresses"/>.</param>
    public static IClientBuilder UseSilos(this IClientBuilder client, IReadOnlyList<DnsEndPoint> silos)
    {
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = SiloWatch.Pace);
        client.Configure<ConnectionOptions>(connections => connections.OpenConnectionTimeout = LongestConnect);
        client.Services.AddSingleton(services => new SiloWatch(
            silo => IPulseService.Of(services.GetRequiredService<IGrainFactory>(), silo.ToGatewayAddress()!).BeatAsync(),
            TimeProvider.System, services.GetRequiredService<ILogger<SiloWatch>>()));
        client.Services.AddSingleton<IGatewayListProvider>(services => new WatchedSilos(new SiloAddresses(silos), services.GetRequiredService<SiloWatch>(), TimeProvider.System));
        client.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>>(services => new WatchLife(services.GetRequiredService<SiloWatch>()));
        return client;
    }

    // From the time on that the client can call.
    private sealed class WatchLife(SiloWatch watch) : ILifecycleParticipant<IClusterClientLifecycle>
    {
        private readonly CancellationTokenSource _stopping = new();
        private Task _watching = Task.CompletedTask;

        public void Participate(IClusterClientLifecycle lifecycle) => lifecycle.Subscribe(nameof(SiloWatch), ServiceLifecycleStage.Active, StartAsync, StopAsync);

        private Task StartAsync(CancellationToken stop)
        {
            _watching = watch.RunAsync(_stopping.Token);
            return Task.CompletedTask;
        }

        private async Task StopAsync(CancellationToken stop)
        {
            await _stopping.CancelAsync();
            await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
