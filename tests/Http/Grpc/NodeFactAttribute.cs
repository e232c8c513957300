namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>A test by way of node and its gRPC client; where they are not there it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (NodeClient.Missing is { } why)
        {
            Skip = $"gRPC was NOT tested with a client of another make: {why}.";
        }
    }
}
