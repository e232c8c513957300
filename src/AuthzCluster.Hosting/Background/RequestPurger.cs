using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Background;

/// <summary>
/// Removes requests and answers that are older than they are kept for, in batches, so that no write waits for long. Where several nodes do it
/// they get in nobody's way.
/// </summary>
internal sealed class RequestPurger(IActorStore store, FaultLog faults, TimeProvider time)
{
    private const string Name = "removing old requests";
    private const int BatchSize = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Does it every ten minutes.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await PurgeAsync(stop).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    /// <summary>Does it once.</summary>
    public async Task PurgeAsync(CancellationToken stop)
    {
        try
        {
            var now = time.GetUtcNow();
            while (!stop.IsCancellationRequested && await store.PurgeRequestsAsync(now, BatchSize).ConfigureAwait(false) == BatchSize)
            {
            }
            faults.Works(Name);
        }
        catch (StoreUnavailableException exception)
        {
            faults.Report(Name, exception);
        }
    }
}
