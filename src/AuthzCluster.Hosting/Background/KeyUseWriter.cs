using AuthzCluster.Actors.Services;

namespace AuthzCluster.Hosting.Background;

/// <summary>Writes down once a minute which API keys were used.</summary>
public sealed class KeyUseWriter(KeyUses uses, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Runs until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            await uses.WriteAsync(stop).ConfigureAwait(false);
        }
    }
}
