namespace AuthzCluster.Hosting.Background;

/// <summary>Keeps something running that should never end by itself: whatever it throws is told, and it is begun again.</summary>
public sealed class Loop(string name, Func<CancellationToken, Task> run, FaultLog faults, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs until <paramref name="stop"/>; does not throw.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var pause = First; !stop.IsCancellationRequested; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            try
            {
                await Task.Run(() => run(stop), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                faults.Report(name, exception);
            }
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
