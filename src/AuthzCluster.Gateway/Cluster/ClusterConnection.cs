using AuthzCluster.Actors.Storage;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Processes;
using AuthzCluster.Hosting.Tls;
using Orleans.Configuration;

namespace AuthzCluster.Gateway.Cluster;

/// <summary>
/// The gateway's Orleans client. It connects in its own time, so that the gateway tells its health meanwhile, and goes on trying for as long as
/// no silo answers.
/// </summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private const string PageTokens = "learning the key of page tokens";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5), Retry = TimeSpan.FromSeconds(1);

    private readonly IHost _host;
    private readonly ConnectionRetry _retry;
    private readonly CancellationTokenSource _stopping = new();
    private readonly FaultLog _faults;
    private Task _running = Task.CompletedTask;
    private volatile byte[]? _pageTokenKey;
    private volatile bool _isConnected;

    public ClusterConnection(GatewayOptions options)
    {
        var certificates = ClusterCertificates.Read(options.Tls);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddConsoleLog();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
            client.Configure<ClientMessagingOptions>(WireLimits.Apply);
            client.UseSilos(options.Silos);
            client.Services.AddAuthzWire();
            client.Services.AddSingleton<ConnectionRetry>();
            client.Services.AddSingleton<IClientConnectionRetryFilter>(services => services.GetRequiredService<ConnectionRetry>());
            if (certificates is not null)
            {
                client.UseTls(certificates.Own, tls => ClusterTls.Apply(tls, certificates.Own, certificates.IsTrusted));
            }
        });
        _host = builder.Build();
        _retry = _host.Services.GetRequiredService<ConnectionRetry>();
        _faults = new FaultLog(_host.Services.GetRequiredService<ILogger<ClusterConnection>>(), TimeProvider.System);
        Ports = new ClusterPorts(
            _host.Services.GetRequiredService<IGrainFactory>(), options.Calls, new OrderedIds(TimeProvider.System), TimeProvider.System, () => _isConnected);
    }

    /// <summary>The ports of the service.</summary>
    public ClusterPorts Ports { get; }

    /// <summary>The key of the page tokens.</summary>
    /// <exception cref="StoreUnavailableException">No silo has told it yet.</exception>
    public byte[] PageTokenKey => _pageTokenKey ?? throw new StoreUnavailableException("no silo answers yet", isOutcomeKnown: true);

    /// <summary>Begins to connect.</summary>
    public void Start() => _running = RunAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var end = new CancellationTokenSource(StopPatience);
        await _host.StopAsync(end.Token);
        _host.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await _host.StartAsync(stop);
        _isConnected = true;
        _retry.HasConnected();
        await Task.WhenAll(
            new Loop("asking silos how they are", LookAsync, _faults, TimeProvider.System).RunAsync(stop),
            new Loop("noting the use of API keys", new KeyUseWriter(Ports.KeyUses, TimeProvider.System).RunAsync, _faults, TimeProvider.System).RunAsync(stop));
    }

    // Ready is who can answer lists too: first the key of their tokens.
    private async Task LookAsync(CancellationToken stop)
    {
        while (_pageTokenKey is null)
        {
            try
            {
                _pageTokenKey = await Ports.ReadPageTokenKeyAsync();
                _faults.Works(PageTokens);
            }
            catch (Exception e)
            {
                _faults.Report(PageTokens, e);
                await Task.Delay(Retry, stop);
            }
        }
        await Ports.RunHealthAsync(stop);
    }
}
