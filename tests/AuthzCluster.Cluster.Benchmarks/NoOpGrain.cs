namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>Does nothing.</summary>
[GrainType("bench-no-op")]
internal sealed class NoOpGrain(IGrainContext context) : INoOpGrain, IGrainBase
{
    public IGrainContext GrainContext => context;

    public ValueTask DoAsync() => ValueTask.CompletedTask;
}
