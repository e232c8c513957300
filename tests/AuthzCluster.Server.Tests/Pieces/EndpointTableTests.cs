using AuthzCluster.Api.Endpoints;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class EndpointTableTests
{
    [Fact]
    public void All_BesidesHealth_NeedACredential() =>
        Assert.Equal(["/health/live", "/health/ready"], ApiEndpoints.All.Where(endpoint => endpoint.IsOpen).Select(endpoint => endpoint.Pattern));

    [Fact]
    public void All_Lists_TakeLimitAndToken() =>
        Assert.All(ApiEndpoints.All.Where(endpoint => endpoint.Query.Contains("limit")), endpoint => Assert.Contains("page_token", endpoint.Query));
}
