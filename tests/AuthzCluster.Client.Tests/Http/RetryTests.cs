using System.Net;
using System.Net.Sockets;
using AuthzCluster.Client.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Client.Tests.Http;

public sealed class RetryTests
{
    private const string Yes = """{"decision":true,"reason":"granted"}""", Role = """{"id":"r1","name":"clerk","permissions":[]}""";
    private static readonly AccessQuestion Question = new("alice", "a:read");
    private static readonly Func<HttpContext, Task> Allowed = HttpEndpoint.Json(200, Yes), Made = HttpEndpoint.Json(201, Role);

    public static TheoryData<int, string> Passing => new() { { 503, "unavailable" }, { 429, "rate_limited" }, { 502, "unavailable" }, { 504, "unavailable" } };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Question_RefusedForNow_IsAskedAgain(int status, string code)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(status, code), HttpEndpoint.Json(status, "a proxy's"), Allowed);
        using var clients = Clients.Of(endpoint.Url);

        Assert.True((await clients.Authorization.EvaluateAsync(Question)).IsAllowed);
        Assert.Equal(3, endpoint.Requests.Count);
        Assert.All(endpoint.Requests, request => Assert.Null(request.IdempotencyKey));
    }

    [Fact]
    public async Task Question_WhoseAnswerIsLost_IsAskedAgain()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Close, CutShort, Allowed);
        using var clients = Clients.Of(endpoint.Url);

        Assert.True((await clients.Authorization.EvaluateAsync(Question)).IsAllowed);
        Assert.Equal(3, endpoint.Requests.Count);
    }

    [Fact]
    public async Task Question_ToNobody_IsUnavailable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://{listener.LocalEndpoint}");
        listener.Stop();
        using var clients = Clients.Of(url);

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => clients.Authorization.EvaluateAsync(Question));

        Assert.Equal((null, "unavailable"), (refused.Status, refused.Code));
        Assert.IsType<HttpRequestException>(refused.InnerException);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task Retries_AreNoMoreThanSaid(int retries, int requests)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(503, "unavailable"));
        using var clients = Clients.Of(endpoint.Url, options => options.Retries = retries);

        await Assert.ThrowsAsync<UnavailableException>(() => clients.Authorization.EvaluateAsync(Question));

        Assert.Equal(requests, endpoint.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task Refusal_ThatRepeatingDoesNotMend_IsNotRepeated(int status)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(status, ""));
        using var clients = Clients.Of(endpoint.Url);

        Assert.Equal(status, (await Assert.ThrowsAnyAsync<AuthzException>(() => clients.Authorization.EvaluateAsync(Question))).Status);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Write_Repeated_KeepsItsKey_AndEachWriteHasItsOwn()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(
            HttpEndpoint.Close, HttpEndpoint.Problem(503, "unavailable"), HttpEndpoint.Problem(429, "rate_limited"), Made);
        using var clients = Clients.Of(endpoint.Url);
        var role = new RoleBuilder().WithName("clerk").Build();

        await clients.Roles.CreateRoleAsync(role);
        var first = Assert.Single(endpoint.Requests.Select(request => request.IdempotencyKey).Distinct());
        Assert.Equal(4, endpoint.Requests.Count);
        await clients.Roles.CreateRoleAsync(role);

        Assert.Equal(2, endpoint.Requests.Select(request => request.IdempotencyKey).Distinct().Count());
        Assert.Matches("^[0-9a-f]{32}$", first);
    }

    [Fact]
    public async Task Write_UnderACallersKey_IsSentUnderIt()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(Made, Made, HttpEndpoint.Json(204, ""), HttpEndpoint.Json(204, ""), HttpEndpoint.Problem(503, "unavailable"));
        using var clients = Clients.Of(endpoint.Url);
        var role = new RoleBuilder().WithName("clerk").Build();

        await clients.Roles.CreateRoleAsync(role, "key-1");
        await clients.Roles.UpdateRoleAsync(role, "key-2");
        await clients.Roles.DeleteRoleAsync("clerk", idempotencyKey: "key-3");
        await clients.Roles.RevokeRoleAsync("alice", "clerk", idempotencyKey: "key-4");
        var refused = await Assert.ThrowsAsync<UnavailableException>(() => clients.Roles.AssignRoleAsync("alice", "clerk", idempotencyKey: "key-5"));

        Assert.Equal("key-5", refused.IdempotencyKey);
        Assert.Equal(["key-1", "key-2", "key-3", "key-4", "key-5", "key-5", "key-5", "key-5"], endpoint.Requests.Select(request => request.IdempotencyKey));
        Assert.Equal(["POST", "PUT", "DELETE", "DELETE"], endpoint.Requests.Take(4).Select(request => request.Method));
        foreach (var bad in new[] { "", "a b", "ü", "a\r\nX: y", new string('k', 256) })
        {
            await Assert.ThrowsAsync<ValidationFailedException>(async () => await clients.Roles.DeleteRoleAsync("clerk", idempotencyKey: bad));
        }
        Assert.Equal(8, endpoint.Requests.Count);
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        var time = new WatchedTime();
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(503, "unavailable", "Retry-After: 5"), Allowed);
        using var clients = Clients.Of(endpoint.Url, time: time);
        var waiting = time.NextTimerAsync(TimeSpan.FromSeconds(5));

        var asked = clients.Authorization.EvaluateAsync(Question);
        await waiting;
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Single(endpoint.Requests);
        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True((await asked).IsAllowed);
    }

    [Fact]
    public void Wait_OfRepeats_DoublesUpToALimit_AndIsRandom()
    {
        var first = TimeSpan.FromMilliseconds(50);

        Assert.Equal([50, 100, 200, 400, 800, 1000, 1000], Enumerable.Range(0, 7).Select(i => Client.Http.Backoff.Wait(first, i, null, 1).TotalMilliseconds));
        Assert.Equal(TimeSpan.Zero, Client.Http.Backoff.Wait(first, 3, null, 0));
        Assert.Equal(TimeSpan.FromSeconds(2) + (first / 2), Client.Http.Backoff.Wait(first, 0, TimeSpan.FromSeconds(2), 0.5));
        Assert.Equal(first * 20, Client.Http.Backoff.Wait(first, 5000, null, 1));
    }

    // Half of an answer, which as far as it goes is a yes.
    private static async Task CutShort(HttpContext http)
    {
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync(Yes);
        await http.Response.Body.FlushAsync();
        http.Abort();
    }
}
