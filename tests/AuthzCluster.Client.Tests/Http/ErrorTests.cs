using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

/// <summary>Errors as an endpoint of the test gives them; those that a real server gives are in the contract's suite.</summary>
public sealed class ErrorTests
{
    private static readonly AccessQuestion Question = new("alice", "a:read");

    [Theory]
    [InlineData("invalid_state", typeof(InvalidStateException))]
    [InlineData("version_conflict", typeof(VersionConflictException))]
    [InlineData("policy_not_found", typeof(PolicyNotFoundException))]
    [InlineData("parent_inactive", typeof(HierarchyException))]
    [InlineData("payload_too_large", typeof(AuthzException))]
    [InlineData("a_code_of_the_future", typeof(AuthzException))]
    public async Task OtherCodes_AreWhatTheyAre(string code, Type type)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(409, code, "X-Request-Id: r-17"));
        using var clients = Clients.Of(endpoint.Url);

        var refused = await Record.ExceptionAsync(() => clients.Roles.DeleteRoleAsync("clerk"));

        Assert.Equal(type, refused!.GetType());
        var error = Assert.IsAssignableFrom<AuthzException>(refused);
        Assert.Equal((code, 409, "r-17", "the detail"), (error.Code, error.Status, error.RequestId, error.Message));
        Assert.IsAssignableFrom<InvalidOperationException>(refused);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task RateLimited_AndUnavailable_SayWhenToComeBack()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(
            HttpEndpoint.Problem(429, "rate_limited", "Retry-After: 7"), HttpEndpoint.Problem(503, "unavailable", "Retry-After: 9"));
        using var clients = Clients.Of(endpoint.Url, options => options.Retries = 0);

        Assert.Equal(TimeSpan.FromSeconds(7), (await RefusedAsync<RateLimitedException>(clients.Authorization.EvaluateAsync(Question), 429, "rate_limited")).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(9), (await RefusedAsync<UnavailableException>(clients.Authorization.EvaluateAsync(Question), 503, "unavailable")).RetryAfter);
    }

    private static async Task<T> RefusedAsync<T>(Task call, int status, string code) where T : AuthzException
    {
        var refused = await Assert.ThrowsAsync<T>(() => call);
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.NotEmpty(refused.Message);
        return refused;
    }
}
