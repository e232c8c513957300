namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>Whatever goes to a silo or comes from it takes longer.</summary>
internal sealed class SlowSilo(TimeSpan least, TimeSpan most, TimeSpan lasts, FaultScene scene) : ClusterFault(
    $"the line of a silo takes {least.TotalMilliseconds} to {most.TotalMilliseconds} ms each way for {lasts.TotalSeconds} s", lasts, scene)
{
    private IDisposable? _slow;

    protected override Task BeginAsync()
    {
        _slow = Cluster.Network!.Slow(AnySilo().Place, least, most, Random);
        return Task.CompletedTask;
    }

    protected override Task EndAsync()
    {
        _slow?.Dispose();
        return Task.CompletedTask;
    }
}
