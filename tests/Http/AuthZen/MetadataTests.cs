using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.AuthZen;

[Collection(ServerCollection.Name)]
public sealed class MetadataTests(ServerFixture server)
{
    [Theory]
    [InlineData("/.well-known/authzen-configuration", "")]
    [InlineData("/.well-known/authzen-configuration/tenants/acme", "/tenants/acme")]
    [InlineData("/.well-known/authzen-configuration/tenants/a%2Fb%20c", "/tenants/a%2Fb%20c")]
    [InlineData("/tenants/acme/.well-known/authzen-configuration", "/tenants/acme")]
    public async Task Metadata_WithoutACredential_TellsWhereItIs(string path, string tenant)
    {
        var reply = (await new ApiClient(server.Http, "") { Token = "" }.GetAsync(path, ("Host", "evil.example"), ("X-Tenant-Id", "other"))).Is(200);

        var root = server.Url.GetLeftPart(UriPartial.Authority) + tenant;
        Assert.Equal("application/json", reply.ContentType);
        Assert.Equal(root, reply["policy_decision_point"].GetString());
        Assert.Equal(root + "/access/v1/evaluation", reply["access_evaluation_endpoint"].GetString());
        Assert.Equal(root + "/access/v1/evaluations", reply["access_evaluations_endpoint"].GetString());
        Assert.Equal(root + "/access/v1/search/action", reply["search_action_endpoint"].GetString());
        Assert.All(reply.Json.EnumerateObject(), member => Assert.NotEmpty(member.Value.GetString()!));
    }

    [Fact]
    public async Task Metadata_PointsAtWhatAnswers()
    {
        var api = await server.TenantAsync();
        var metadata = (await new ApiClient(server.Http, "").GetAsync($"/.well-known/authzen-configuration/tenants/{api.Tenant}")).Is(200);
        foreach (var endpoint in metadata.Json.EnumerateObject().Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal)))
        {
            (await new ApiClient(server.Http, "").PostAsync(endpoint.Value.GetString()!, "[]")).RefusedInText(400);
        }
    }
}
