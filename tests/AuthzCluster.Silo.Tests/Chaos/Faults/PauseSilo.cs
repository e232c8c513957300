using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>A silo stops in its tracks, with its connections open, and goes on as if nothing had been. It may have been declared dead: then it ends when it learns of it.</summary>
internal sealed class PauseSilo(TimeSpan lasts, FaultScene scene) : ClusterFault($"SIGSTOP of a silo for {lasts.TotalSeconds} s", lasts, scene)
{
    private RunningSilo? _silo;

    protected override Task BeginAsync()
    {
        _silo = AnySilo();
        _silo.Process.Signal("STOP");
        return Task.CompletedTask;
    }

    protected override Task EndAsync()
    {
        _silo?.Process.Signal("CONT");
        return Task.CompletedTask;
    }
}
