using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>A garbage collection of a silo stops all its threads for seconds.</summary>
internal sealed class LongCollection(FaultScene scene) : ClusterFault("a garbage collection of a silo stops the world for 4 s", TimeSpan.Zero, scene)
{
    private RunningSilo? _silo;
    private int _before;

    protected override Task BeginAsync()
    {
        _silo = AnySilo();
        _before = Ended(_silo);
        _silo.Process.Signal("USR1");
        return Task.CompletedTask;
    }

    protected override Task EndAsync() => Wait.UntilAsync("the world goes on", () => Task.FromResult(_silo!.Process.HasExited || Ended(_silo) > _before));

    private static int Ended(RunningSilo silo) => silo.Process.Errors.Count(line => line == "fault host: the world goes on");
}
