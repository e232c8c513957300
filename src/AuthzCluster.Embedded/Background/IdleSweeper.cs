using AuthzCluster.Embedded.Activation;

namespace AuthzCluster.Embedded.Background;

/// <summary>Lets go of actors that nobody has used for the idle time, within a quarter of it more.</summary>
internal sealed class IdleSweeper(ActorDirectory directory, TimeSpan idleTime, TimeProvider time)
{
    private const int Steps = 4;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(idleTime / Steps, time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            directory.Sweep(Steps + 1);
        }
    }
}
