using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>A client of another make: what <c>client.cjs</c> holds to be so.</summary>
[Collection(ServerCollection.Name)]
public sealed class NodeClientTests(ServerFixture server)
{
    [NodeFact]
    public async Task Node_WithTheProtoFiles_CallsEverything()
    {
        var api = await server.TenantAsync();

        var (code, output) = await NodeClient.RunAsync(server.GrpcUrl.Authority, server.Key, api.Tenant, Path.Combine(Repository.Root, "src", "AuthzCluster.Api", "Protos"));

        Assert.True(code == 0, output);
        Assert.Contains("all is well", output, StringComparison.Ordinal);
    }
}
