using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace AuthzCluster.Api.Serving;

/// <summary>The connections that are open.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isWaitedFor;

    /// <summary>Serves one and knows of it meanwhile.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _open[connection] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
            TellIfNone();
        }
    }

    /// <summary>Waits until none is open and none is accepted any more; no longer than <paramref name="time"/>.</summary>
    public async Task NoneAsync(TimeSpan time, CancellationToken stop)
    {
        _isWaitedFor = true;
        TellIfNone();
        await ((Task)_none.Task.WaitAsync(time, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Cuts all of them off.</summary>
    public void Abort()
    {
        foreach (var (connection, _) in _open)
        {
            connection.Abort(new ConnectionAbortedException("the process stops"));
        }
    }

    private void TellIfNone()
    {
        if (_isWaitedFor && _open.IsEmpty)
        {
            _none.TrySetResult();
        }
    }
}
