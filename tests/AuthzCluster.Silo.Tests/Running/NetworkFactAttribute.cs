namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A test that needs a network of its own; where there can be none it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute()
    {
        if (ClusterNetwork.Missing is { } why)
        {
            Skip = $"Partitions and slow lines were NOT tested: {why}.";
        }
    }
}
