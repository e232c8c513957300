using System.Net.Http.Headers;

namespace AuthzCluster.Client.Http;

/// <summary>Sends requests and takes in their answers, repeating what may be repeated until the deadline.</summary>
internal sealed class ApiSender : IDisposable
{
    private readonly AuthzClusterClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly string _root;

    public ApiSender(AuthzClusterClientOptions options, TimeProvider clock)
    {
        (_options, _clock, _root) = (options, clock, options.Address!.AbsoluteUri.TrimEnd('/'));
        var handler = new SocketsHttpHandler
        {
            // An answer from another address than the configured one is not the server's; and it must not get the credential.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A host that does not even say no must leave time for another try.
            ConnectTimeout = options.Timeout / 2,
            // So that a name's new addresses are seen.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        options.ConfigureHandler?.Invoke(handler);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Deadline NewDeadline(CancellationToken caller) => new(_options.Timeout, _clock, caller);

    /// <summary>The body of a good answer; anything else is thrown.</summary>
    public async Task<byte[]> SendAsync(string tenant, ApiCall call, Deadline deadline)
    {
        AuthzException? last = null;
        try
        {
            for (var repeat = 0; ; repeat++)
            {
                var (body, failure) = await TryAsync(tenant, call, deadline).ConfigureAwait(false);
                if (failure is null)
                {
                    return body;
                }
                last = AuthzException.Of(failure);
                var wait = Backoff.Wait(_options.RetryDelay, repeat, failure.RetryAfter, Random.Shared.NextDouble());
                if (last is not (UnavailableException or RateLimitedException) || repeat == _options.Retries || !deadline.HasRoomFor(wait))
                {
                    throw last;
                }
                await Task.Delay(wait, _clock, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            throw deadline.Error(call, last);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(byte[] Body, AuthzFailure? Failure)> TryAsync(string tenant, ApiCall call, Deadline deadline)
    {
        using var request = await RequestAsync(tenant, call, deadline.Token).ConfigureAwait(false);
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? (body, null) : (body, Problems.Read(response, body, call, _clock.GetUtcNow()));
        }
        // A cancellation that is not the deadline's is the connection's: it could not be made in time.
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !deadline.IsOver)
        {
            return ([], new AuthzFailure(AuthzFailure.Unavailable, $"no answer from {_options.Address}: {e.Message}")
            {
                IdempotencyKey = call.IdempotencyKey,
                Cause = e,
            });
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(string tenant, ApiCall call, CancellationToken cancellationToken)
    {
        var token = _options.ApiKey ?? await TokenAsync(call, cancellationToken).ConfigureAwait(false);
        var request = new HttpRequestMessage(call.Method, $"{_root}/tenants/{Uri.EscapeDataString(tenant)}/api/v1/{call.Path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        if (call.IdempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.IdempotencyKey);
        }
        if (call.IfVersion is { } version)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }
        return request;
    }

    private async ValueTask<string> TokenAsync(ApiCall call, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            // Waited for no longer than the deadline, whatever the provider does with the token of cancellation.
            token = await _options.TokenProvider!(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException(new AuthzFailure(AuthzFailure.Unavailable, $"the token provider failed: {e.Message}")
            {
                IdempotencyKey = call.IdempotencyKey,
                Cause = e,
            });
        }
        return token is not null && Texts.IsVisibleAscii(token)
            ? token : throw new UnauthenticatedException(new AuthzFailure("unauthenticated", "the token provider gave no token of visible ASCII characters"));
    }
}
