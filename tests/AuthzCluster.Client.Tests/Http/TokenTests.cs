using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

[Collection(ServerCollection.Name)]
public sealed class TokenTests(ServerFixture server)
{
    private static readonly AccessQuestion Question = new("alice", "a:read");

    [Fact]
    public async Task Provider_OfTokensThatChange_IsAskedEachTime()
    {
        var tenant = (await server.TenantAsync()).Tenant;
        var token = server.TokenOf("alice", tenant);
        using var clients = Clients.Of(server, options =>
        {
            (options.ApiKey, options.Tenant) = (null, tenant);
            options.TokenProvider = _ => ValueTask.FromResult(token);
        });

        // Alice may ask about herself, bob only about himself.
        await clients.Authorization.EvaluateAsync(Question);
        token = server.TokenOf("bob", tenant);
        await Assert.ThrowsAsync<ForbiddenException>(() => clients.Authorization.EvaluateAsync(Question));
        token = server.TokenOf("alice", tenant);
        await clients.Authorization.EvaluateAsync(Question);
    }

    [Fact]
    public async Task Provider_IsAskedForARepeatToo()
    {
        var count = 0;
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(503, "unavailable"), HttpEndpoint.Json(200, """{"decision":true,"reason":"granted"}"""));
        using var clients = Of(endpoint.Url, _ => ValueTask.FromResult($"token-{++count}"));

        await clients.Authorization.EvaluateAsync(Question);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], endpoint.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Provider_ThatFails_IsUnavailable_AndNothingIsSent()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Of(endpoint.Url, _ => throw new HttpRequestException("the issuer is away"));

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => clients.Roles.DeleteRoleAsync("clerk", idempotencyKey: "key"));

        Assert.Contains("the issuer is away", refused.Message, StringComparison.Ordinal);
        Assert.Equal("key", refused.IdempotencyKey);
        Assert.Empty(endpoint.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("ü")]
    [InlineData(null)]
    public async Task Provider_OfNoToken_IsUnauthenticated_AndNothingIsSent(string? token)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Of(endpoint.Url, _ => ValueTask.FromResult(token!));

        await Assert.ThrowsAsync<UnauthenticatedException>(() => clients.Roles.DeleteRoleAsync("clerk"));
        Assert.Empty(endpoint.Requests);
    }

    [Fact]
    public async Task Provider_ThatNeverAnswers_EndsAtTheDeadline()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Of(endpoint.Url, _ => new ValueTask<string>(new TaskCompletionSource<string>().Task), TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Roles.DeleteRoleAsync("clerk"));
    }

    private static Clients Of(Uri url, Func<CancellationToken, ValueTask<string>> provider, TimeSpan? timeout = null) => Clients.Of(url, options =>
    {
        (options.ApiKey, options.TokenProvider) = (null, provider);
        options.Timeout = timeout ?? options.Timeout;
    });
}
