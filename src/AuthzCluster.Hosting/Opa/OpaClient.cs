using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Hosting.Opa;

/// <summary>Calls the Data API of Open Policy Agent servers: <c>POST URL/v1/data/PATH</c>. Follows no redirects, uses no proxy, reads no more than is bounded.</summary>
internal sealed class OpaClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly int _longest;

    public OpaClient(OpaOptions options)
    {
        var secrets = OpaSecrets.Read(options);
        _longest = options.LongestAnswer;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = options.MostAtOnce,
            ConnectTimeout = options.Timeout,
            // An address whose name leads elsewhere by now is found there.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        if (secrets.Authorities is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        if (secrets.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Asks. Throws <see cref="OperationCanceledException"/> only, when <paramref name="stop"/> says so.</summary>
    public async Task<OpaReply> AskAsync(string url, string path, byte[] body, CancellationToken stop)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, $"{url}/v1/data/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}")
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var status = (int)response.StatusCode;
                return OpaReply.Failed($"the policy server answered {status}", isOutage: status is >= 500 or 401 or 403 or 429);
            }
            return await ReadAsync(response, stop).ConfigureAwait(false) is { } answer ? Read(answer) : OpaReply.Failed($"the policy server's answer is longer than {_longest} bytes", isOutage: false);
        }
        catch (HttpRequestException e)
        {
            return OpaReply.Failed(e.InnerException is AuthenticationException ? "the policy server's certificate is not trusted" : "the policy server cannot be reached", isOutage: true);
        }
        catch (IOException)
        {
            return OpaReply.Failed("the policy server broke off", isOutage: true);
        }
    }

    public void Dispose() => _http.Dispose();

    // Null: it is too long.
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.Content.Headers.ContentLength > _longest)
        {
            return null;
        }
        var stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[_longest + 1];
            var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
            if (count > _longest)
            {
                return null;
            }
            return bytes.AsMemory(0, count);
        }
    }

    private static OpaReply Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind != JsonValueKind.Object ? OpaReply.Failed("the policy server's answer is no object", isOutage: false)
                : !document.RootElement.TryGetProperty("result"u8, out var result) ? new OpaReply(Truth.False, null) { IsUndefined = true }
                : result.ValueKind switch
                {
                    JsonValueKind.True => new OpaReply(Truth.True, null),
                    JsonValueKind.False => new OpaReply(Truth.False, null),
                    _ => OpaReply.Failed("the policy server's result is neither true nor false", isOutage: false),
                };
        }
        catch (JsonException)
        {
            return OpaReply.Failed("the policy server's answer is no JSON", isOutage: false);
        }
    }
}
