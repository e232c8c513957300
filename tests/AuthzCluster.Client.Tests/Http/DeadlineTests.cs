using System.Net;
using System.Net.Sockets;
using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

public sealed class DeadlineTests
{
    private static readonly AccessQuestion Question = new("alice", "a:read");

    [Fact]
    public async Task SilentServer_QuestionAndWrite_EndAtTheDeadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0); // takes connections, and says nothing
        listener.Start();
        using var clients = Clients.Of(new Uri($"http://{listener.LocalEndpoint}"), options => options.Timeout = TimeSpan.FromMilliseconds(200));

        var asked = await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Authorization.EvaluateAsync(Question));
        var written = await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Roles.DeleteRoleAsync("clerk", idempotencyKey: "key"));
        await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Authorization.HasRoleAsync("alice", "viewer"));
        await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Authorization.IsAdminAsync("alice"));
        await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Roles.GetAllRolesAsync());
        await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Roles.GetPrincipalRolesAsync("alice"));

        Assert.Equal((AuthzFailure.DeadlineExceeded, null, null), (asked.Code, asked.IdempotencyKey, asked.Status));
        Assert.Equal("key", written.IdempotencyKey);
    }

    [Fact]
    public async Task HalfAnAnswer_EndsAtTheDeadline()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.StartAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var clients = Clients.Of(endpoint.Url, options => options.Timeout = TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<DeadlineExceededException>(() => clients.Authorization.EvaluateAsync(Question));
    }

    [Fact]
    public async Task Repeats_EndAtTheDeadline_WithWhatTheLastOneSaid()
    {
        var time = new WatchedTime();
        await using var endpoint = await HttpEndpoint.StartAsync(
            HttpEndpoint.Problem(503, "unavailable", "Retry-After: 3"), http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var clients = Clients.Of(endpoint.Url, options => options.Timeout = TimeSpan.FromSeconds(5), time);
        var waiting = time.NextTimerAsync(TimeSpan.FromSeconds(3));

        var asked = clients.Authorization.EvaluateAsync(Question);
        await waiting;
        time.Advance(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(2));

        var refused = await Assert.ThrowsAsync<DeadlineExceededException>(() => asked);
        Assert.Equal(503, Assert.IsType<UnavailableException>(refused.InnerException).Status);
    }

    [Fact]
    public async Task RetryAfter_BeyondTheDeadline_IsNotWaitedFor()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(503, "unavailable", "Retry-After: 3600"));
        using var clients = Clients.Of(endpoint.Url);

        Assert.Equal(503, (await Assert.ThrowsAsync<UnavailableException>(() => clients.Authorization.EvaluateAsync(Question))).Status);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Cancellation_UnderWay_EndsTheCallAsOne()
    {
        using var source = new CancellationTokenSource();
        await using var endpoint = await HttpEndpoint.StartAsync(async http =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var clients = Clients.Of(endpoint.Url);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Authorization.EvaluateAsync(Question, source.Token));

        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Cancellation_WhileWaiting_EndsTheCallAsOne()
    {
        using var source = new CancellationTokenSource();
        var time = new WatchedTime();
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(503, "unavailable", "Retry-After: 3"));
        using var clients = Clients.Of(endpoint.Url, time: time);
        var waiting = time.NextTimerAsync(TimeSpan.FromSeconds(3));

        var asked = clients.Authorization.EvaluateAsync(Question, source.Token);
        await waiting;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Cancellation_Before_SendsNothing()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Clients.Of(endpoint.Url);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Roles.DeleteRoleAsync("clerk", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Roles.GetAllRolesAsync(cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Roles.InvalidateRoleCacheAsync(cancellationToken: cancelled));

        Assert.Empty(endpoint.Requests);
    }
}
