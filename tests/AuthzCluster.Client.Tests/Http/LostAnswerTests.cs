using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

/// <summary>The server does it, and its answer is lost on the way.</summary>
[Collection(ServerCollection.Name)]
public sealed class LostAnswerTests(ServerFixture server)
{
    [Fact]
    public async Task Question_IsAnsweredByTheRepeat()
    {
        using var direct = await Clients.OfNewTenantAsync(server);
        await direct.Roles.AssignRoleAsync("alice", "viewer");
        await using var endpoint = await LossyAsync();
        using var clients = Through(endpoint, direct.Tenant);

        Assert.True(await clients.Authorization.HasRoleAsync("alice", "viewer"));
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Fact]
    public async Task Assign_IsThereOnce()
    {
        using var direct = await Clients.OfNewTenantAsync(server);
        await using var endpoint = await LossyAsync();
        using var clients = Through(endpoint, direct.Tenant);

        var made = await clients.Roles.AssignRoleAsync("alice", "viewer");

        Assert.Equal(made.AssignmentId, Assert.Single(await direct.Roles.GetRoleAssignmentsAsync("viewer")).AssignmentId);
        Assert.Single(endpoint.Requests.Select(request => request.IdempotencyKey).Distinct());
        Assert.Equal(2, endpoint.Requests.Count);
    }

    private Task<HttpEndpoint> LossyAsync() => HttpEndpoint.StartAsync(HttpEndpoint.Pass(server.Url, isLost: true), HttpEndpoint.Pass(server.Url));

    private Clients Through(HttpEndpoint endpoint, string tenant) =>
        Clients.Of(endpoint.Url, options => (options.ApiKey, options.Tenant) = (server.Key, tenant));
}
