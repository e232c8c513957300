namespace AuthzCluster.Client.Orleans.Tests.Support;

/// <summary>The tests that share a cluster.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<OrleansTransport>
{
    public const string Name = "cluster";
}
