using AuthzCluster.Grains.Abstractions.Calls;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>
/// An Orleans client in a container of its own, so that the application may be a client or a silo of another cluster. It connects in its own time, and
/// goes on trying for as long as no silo answers; a client whose start hangs is given up for another.
/// </summary>
internal sealed class ClusterConnection : IClusterLink, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly AuthzClusterOrleansOptions _options;
    private readonly ILoggerFactory? _log;
    private readonly ConnectionRetry _retry;
    private volatile OwnClient _client;
    private Task? _connected;
    private bool _isDisposed;

    public ClusterConnection(AuthzClusterOrleansOptions options, ILoggerFactory? log)
    {
        (_options, _log, _retry) = (options, log, new ConnectionRetry(_stopping.Token));
        _client = new OwnClient(options, log, _retry);
    }

    public IGrainFactory Grains => _client.Grains;

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
            return _connected ??= Task.Run(() =>
                PatientStart.RunAsync(client => client.StartAsync(_stopping.Token), _client, Another, StartPatience, TimeProvider.System, _stopping.Token));
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
        }
        await _client.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    // For containers that are not disposed in the other way.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private OwnClient Another(OwnClient hung)
    {
        _ = hung.DisposeAsync().AsTask();
        return _client = new OwnClient(_options, _log, _retry);
    }
}
