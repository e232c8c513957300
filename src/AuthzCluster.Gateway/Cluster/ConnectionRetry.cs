namespace AuthzCluster.Gateway.Cluster;

/// <summary>Goes on trying to connect for as long as no silo answers, and says so once.</summary>
internal sealed partial class ConnectionRetry(ILogger<ConnectionRetry> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private bool _waits;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_waits)
        {
            _waits = true;
            LogWaiting(exception.Message);
        }
        await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    public void HasConnected()
    {
        if (_waits)
        {
            LogConnected();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "waiting for a silo: {Why}")]
    private partial void LogWaiting(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "connected to the cluster")]
    private partial void LogConnected();
}
