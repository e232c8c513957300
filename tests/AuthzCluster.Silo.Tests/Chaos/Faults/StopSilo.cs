namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>A silo is told to leave.</summary>
internal sealed class StopSilo(FaultScene scene) : ClusterFault("a silo leaves, and another joins", TimeSpan.Zero, scene)
{
    private Task _leaving = Task.CompletedTask;

    protected override Task BeginAsync()
    {
        _leaving = AnySilo().Process.StopAsync();
        return Task.CompletedTask;
    }

    protected override Task EndAsync() => _leaving;
}
