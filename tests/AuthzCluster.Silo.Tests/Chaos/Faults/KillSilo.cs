namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>A silo ends without a word.</summary>
internal sealed class KillSilo(FaultScene scene) : ClusterFault("kill -9 of a silo, and another joins", TimeSpan.Zero, scene)
{
    protected override Task BeginAsync() => AnySilo().Process.KillAsync();
}
