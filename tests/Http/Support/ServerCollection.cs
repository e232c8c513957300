namespace AuthzCluster.Http.Tests.Support;

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "server";
}
