using System.Net;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>
/// A client that takes its time, and does not give up: what was refused for the moment, or lost, it sends again by way of the next gateway, a write under its
/// <c>Idempotency-Key</c>, until it is answered.
/// </summary>
internal sealed class PersistentHandler(Func<IReadOnlyList<Uri>> gateways) : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromMinutes(3);

    private volatile bool _isOver;
    private int _next, _repeats;

    /// <summary>How often something was sent again.</summary>
    public int Repeats => _repeats;

    /// <summary>Whoever begins a request from here on is told that there is nobody; what is under way is brought to its end.</summary>
    public void End() => _isOver = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            throw new HttpRequestException("the test is over");
        }
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var key = request.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.Single() : $"{Guid.NewGuid():n}";
        await Task.Delay(Pace, cancellationToken);
        using var limit = new CancellationTokenSource(Patience);
        var rounds = 0;
        for (var last = "nothing"; ; Interlocked.Increment(ref _repeats))
        {
            try
            {
                var answer = await base.SendAsync(Copy(request, body, $"{key}.{rounds}"), cancellationToken);
                if (await LeavesRowsAsync(answer, cancellationToken))
                {
                    // The first answer is kept under its key.
                    rounds++;
                }
                else if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    return answer;
                }
                last = await answer.Content.ReadAsStringAsync(cancellationToken);
                answer.Dispose();
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }
            Assert.False(limit.IsCancellationRequested, $"{request.Method} {request.RequestUri} had no answer in {Patience}; the last one was: {last}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    // An import that was answered, some of its rows refused for the moment.
    private static async Task<bool> LeavesRowsAsync(HttpResponseMessage answer, CancellationToken stop) =>
        answer.StatusCode == HttpStatusCode.OK && answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/import", StringComparison.Ordinal)
            && (await answer.Content.ReadAsStringAsync(stop)).Contains("\"code\":\"unavailable\"", StringComparison.Ordinal);

    private HttpRequestMessage Copy(HttpRequestMessage request, byte[]? body, string key)
    {
        var there = gateways();
        var gateway = there[(int)((uint)Interlocked.Increment(ref _next) % there.Count)];
        var copy = new HttpRequestMessage(request.Method, new Uri(gateway, request.RequestUri!.PathAndQuery));
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }
        copy.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (body is not null)
        {
            copy.Content = new ByteArrayContent(body);
            copy.Content.Headers.ContentType = request.Content!.Headers.ContentType;
        }
        return copy;
    }
}
