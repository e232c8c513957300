using AuthzCluster.Actors.Ports;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>How the cluster is, as seen from here: what one silo or another said in the last look, once a second.</summary>
internal sealed class ClusterHealth(ClusterCaller calls, TimeProvider time) : INodeHealth
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(3);
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

    private async Task LookAsync()
    {
        try
        {
            _latest = await calls.Any<INodeGrain>().ReadHealthAsync().WaitAsync(Patience, time);
        }
        catch (Exception e) when (Lost.Is(e))
        {
            _latest = Unreached;
        }
    }
}
