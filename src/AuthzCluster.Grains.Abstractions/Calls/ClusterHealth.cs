using AuthzCluster.Actors.Ports;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>How the cluster is, as seen from here: what one silo or another said in the last look, once a second.</summary>
internal sealed class ClusterHealth(ClusterCaller calls, TimeProvider time) : INodeHealth
{
    private const int Attempts = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(1);
    private static readonly NodeReport Unreached = new(false, "no silo answers", null);

    private volatile NodeReport _latest = Unreached;

    public bool IsReady => _latest.IsReady;

    public string? WriteProblem => _latest.WriteProblem;

    public string? BackgroundProblem => _latest.BackgroundProblem;

    /// <summary>Looks until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await LookAsync();
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    // What was lost on one way may come on another: a silo that hangs does not make the cluster unready.
    private async Task LookAsync()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                _latest = await calls.Any<INodeGrain>().ReadHealthAsync().WaitAsync(Patience, time);
                return;
            }
            catch (Exception e) when (Lost.Is(e))
            {
            }
        }
        _latest = Unreached;
    }
}
