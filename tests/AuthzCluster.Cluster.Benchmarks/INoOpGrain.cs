using Orleans.Concurrency;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>The ceiling: a grain of the same kind as a subject's, that does nothing.</summary>
[Alias("bench.no-op")]
public interface INoOpGrain : IGrainWithStringKey
{
    /// <summary>Does nothing.</summary>
    [AlwaysInterleave, Alias("do")]
    ValueTask DoAsync();
}
