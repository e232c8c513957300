using AuthzCluster.Actors.Storage;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Processes;
using AuthzCluster.Hosting.Tls;

namespace AuthzCluster.Gateway.Cluster;

/// <summary>
/// The gateway's Orleans client. It connects in its own time, so that the gateway tells its health meanwhile, and goes on trying for as long as
/// no silo answers. A client whose start hangs is given up for another.
/// </summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private const string PageTokens = "learning the key of page tokens";
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1), StartPatience = TimeSpan.FromSeconds(15);

    private readonly GatewayOptions _options;
    private readonly ClusterCertificates? _certificates;
    private readonly ServiceProvider _loggers;
    private readonly ConnectionRetry _retry;
    private readonly CancellationTokenSource _stopping = new();
    private readonly FaultLog _faults;
    private volatile IHost _client;
    private volatile IGrainFactory _grains;
    private Task _running = Task.CompletedTask;
    private volatile byte[]? _pageTokenKey;
    private volatile bool _isConnected;

    public ClusterConnection(GatewayOptions options)
    {
        (_options, _certificates) = (options, ClusterCertificates.Read(options.Tls, ClusterTls.IsOf));
        _loggers = new ServiceCollection().AddConsoleLog().BuildServiceProvider();
        _retry = new ConnectionRetry(_loggers.GetRequiredService<ILogger<ConnectionRetry>>());
        _faults = new FaultLog(_loggers.GetRequiredService<ILogger<ClusterConnection>>(), TimeProvider.System);
        _client = ClientHost.Make(options, _certificates, _retry);
        _grains = _client.Services.GetRequiredService<IGrainFactory>();
        Ports = new ClusterPorts(() => _grains, options.Calls, new OrderedIds(TimeProvider.System), TimeProvider.System, () => _isConnected);
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
        await ClientHost.DropAsync(_client);
        await _loggers.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await PatientStart.RunAsync(client => client.StartAsync(stop), _client, Another, StartPatience, TimeProvider.System, stop);
        _isConnected = true;
        _retry.HasConnected();
        await Task.WhenAll(
            new Loop("asking silos how they are", LookAsync, _faults, TimeProvider.System).RunAsync(stop),
            new Loop("noting the use of API keys", new KeyUseWriter(Ports.KeyUses, TimeProvider.System).RunAsync, _faults, TimeProvider.System).RunAsync(stop));
    }

    private IHost Another(IHost hung)
    {
        _ = ClientHost.DropAsync(hung);
        _client = ClientHost.Make(_options, _certificates, _retry);
        _grains = _client.Services.GetRequiredService<IGrainFactory>();
        return _client;
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
