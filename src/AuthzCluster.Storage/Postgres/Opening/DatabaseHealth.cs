using AuthzCluster.Actors.Storage;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Opening;

/// <summary>
/// What is known of the database. While it cannot be reached, who asks is refused at once; while something is wrong, a
/// probe writes now and then, so that it is found well again though nobody else tries.
/// </summary>
internal sealed class DatabaseHealth(Connections connections, TimeSpan probeInterval) : IAsyncDisposable
{
    // Writes a record to the log and makes it durable, and changes nothing.
    private const string Probe = "SELECT pg_logical_emit_message(true, 'authz', '')";

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private volatile string? _problem;
    private volatile string? _unreachable;
    private Task _probing = Task.CompletedTask;

    /// <summary>Why the last write failed; null: it did not.</summary>
    public string? WriteProblem => _problem;

    /// <summary>Refuses while the database cannot be reached, and after closing.</summary>
    public void ThrowIfUnreachable()
    {
        if (_closing.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The store is closed.", isOutcomeKnown: true);
        }

        if (_unreachable is { } reason)
        {
            throw new StoreUnavailableException(reason, isOutcomeKnown: true);
        }
    }

    /// <summary>Opens a connection, or says that there is none to be had.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(Func<ValueTask<NpgsqlConnection>> open)
    {
        ThrowIfUnreachable();
        try
        {
            return await open().ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is not StoreUnavailableException)
        {
            var reason = $"The database cannot be reached: {cause.Message}";
            if (!IsBusy(cause))
            {
                _unreachable = reason;
                Failed(reason);
            }

            throw new StoreUnavailableException(reason, isOutcomeKnown: true, cause);
        }
    }

    /// <summary>A write failed.</summary>
    public void Failed(string problem)
    {
        lock (_lock)
        {
            _problem = problem;
            if (_probing.IsCompleted && !_closing.IsCancellationRequested)
            {
                _probing = Task.Run(ProbeAsync);
            }
        }
    }

    /// <summary>A write went well.</summary>
    public void Succeeded()
    {
        if (_problem is not null)
        {
            (_problem, _unreachable) = (null, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Task probing;
        lock (_lock)
        {
            probing = _probing;
        }

        await probing.ConfigureAwait(false);
    }

    // All readers' connections being lent is no fault of the database.
    private static bool IsBusy(Exception cause) =>
        cause is NpgsqlException { InnerException: TimeoutException } && cause.Message.Contains("pool has been exhausted", StringComparison.Ordinal);

    private async Task ProbeAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(probeInterval, _closing.Token).ConfigureAwait(false);
                using var connection = await connections.OpenWriterAsync().ConfigureAwait(false);
                using var probe = new NpgsqlCommand(Probe, connection);
                await probe.ExecuteNonQueryAsync(_closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception)
            {
                continue;
            }

            lock (_lock)
            {
                Succeeded();
                _probing = Task.CompletedTask;
                return;
            }
        }
    }
}
