using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>
/// An Orleans client in a container of its own, so that the application may be a client or a silo of another cluster. It connects in its own time, and
/// goes on trying for as long as no silo answers.
/// </summary>
internal sealed class ClusterConnection : IClusterLink, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConnectionRetry _retry;
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<IHostedService> _parts;
    private Task? _connected;
    private bool _isDisposed;

    public ClusterConnection(AuthzClusterOrleansOptions options, ILoggerFactory? log)
    {
        _retry = new ConnectionRetry(_stopping.Token);
        var services = new ServiceCollection();
        if (log is not null)
        {
            services.AddSingleton(log);
        }
        services.AddLogging();
        services.AddOrleansClient(client => Configure(client, options));
        _services = services.BuildServiceProvider();
        Grains = _services.GetRequiredService<IGrainFactory>();
        _parts = [.. _services.GetServices<IHostedService>()];
    }

    public IGrainFactory Grains { get; }

    public Exception? Problem => _retry.Problem;

    public Task ReadyAsync()
    {
        if (Volatile.Read(ref _connected) is { } connected)
        {
            return connected;
        }
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _connected ??= Task.Run(() => ConnectAsync(_stopping.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }
            _isDisposed = true;
        }
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_connected is { } connected)
        {
            await connected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var patience = new CancellationTokenSource(StopPatience);
            foreach (var part in _parts.Reverse())
            {
                await part.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await _services.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    // For containers that are not disposed in the other way.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Configure(IClientBuilder client, AuthzClusterOrleansOptions options)
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
        client.Services.AddAuthzWire();
        client.Services.AddSingleton<IClientConnectionRetryFilter>(_retry);
        if (options.Silos.Count > 0)
        {
            client.UseSilos([.. options.Silos.Select(SiloAddresses.Parse)]);
        }
        options.ConfigureClient?.Invoke(client);
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        foreach (var part in _parts)
        {
            await part.StartAsync(stop).ConfigureAwait(false);
        }
    }
}
