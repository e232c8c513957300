namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>Goes on trying to connect for as long as no silo answers.</summary>
internal sealed class ConnectionRetry(CancellationToken stop) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What the last try came to.</summary>
    public Exception? Problem { get; private set; }

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Problem = exception;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        await Task.Delay(Pause, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !either.IsCancellationRequested;
    }
}
