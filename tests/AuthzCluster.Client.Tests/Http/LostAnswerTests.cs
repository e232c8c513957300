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

    // Each of these refuses to be done twice.
    [Fact]
    public async Task Writes_AreDoneOnce_AndTheRepeatHasTheFirstAnswer()
    {
        using var direct = await Clients.OfNewTenantAsync(server);
        var role = new RoleBuilder().WithName("clerk").AssignTo("alice").Build();

        var made = await OnceAsync(direct.Tenant, roles => roles.CreateRoleAsync(role));
        Assert.Equal(role.RoleId, made.RoleId);
        Assert.Equal(made.Version + 1, (await OnceAsync(direct.Tenant, roles => roles.UpdateRoleAsync(made with { Description = "new" }))).Version);
        await OnceAsync(direct.Tenant, async roles =>
        {
            await roles.RevokeRoleAsync("alice", "clerk");
            await roles.DeleteRoleAsync("clerk");
            return true;
        });

        Assert.Null(await direct.Roles.GetRoleAsync("clerk"));
    }

    private async Task<T> OnceAsync<T>(string tenant, Func<IRoleService, Task<T>> write)
    {
        var (lose, pass) = (HttpEndpoint.Pass(server.Url, isLost: true), HttpEndpoint.Pass(server.Url));
        await using var endpoint = await HttpEndpoint.StartAsync(lose, pass, lose, pass);
        using var clients = Through(endpoint, tenant);
        var answer = await write(clients.Roles);
        Assert.All(endpoint.Requests.GroupBy(request => request.IdempotencyKey), repeats => Assert.Equal(2, repeats.Count()));
        return answer;
    }

    private Task<HttpEndpoint> LossyAsync() => HttpEndpoint.StartAsync(HttpEndpoint.Pass(server.Url, isLost: true), HttpEndpoint.Pass(server.Url));

    private Clients Through(HttpEndpoint endpoint, string tenant) =>
        Clients.Of(endpoint.Url, options => (options.ApiKey, options.Tenant) = (server.Key, tenant));
}
