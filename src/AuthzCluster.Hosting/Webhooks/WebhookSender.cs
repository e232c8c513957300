using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Hosting.Webhooks;

/// <summary>
/// Posts events, signed as Standard Webhooks has it: HMAC-SHA256 over <c>ID.TIMESTAMP.BODY</c>. Follows no redirects, uses no proxy, reads no body, and connects to no
/// address that is not allowed, whatever a name leads to.
/// </summary>
internal sealed class WebhookSender : IWebhookSender, IDisposable
{
    private const string SecretPrefix = "whsec_";
    private const int LongestHeaders = 16;

    private readonly WebhookTargets _targets;
    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public WebhookSender(WebhookOptions options, WebhookTargets targets, TimeProvider time)
    {
        (_targets, _timeout, _time) = (targets, options.Timeout, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            // A body is not read: neither its length nor what it is matters.
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = LongestHeaders,
            // An address whose name leads elsewhere by now is looked up, and judged, anew.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<string?> SendAsync(WebhookMessage message, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var url = new Uri(message.Url);
            if (_targets.Problem(url) is { } problem)
            {
                return $"the url {problem}";
            }
            using var request = Request(url, message);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode ? null : status is >= 300 and < 400 ? $"the receiver redirects ({status}), which is not followed" : $"the receiver answered {status}";
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested || stop.IsCancellationRequested)
        {
            return $"the receiver did not answer within {_timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s";
        }
        catch (HttpRequestException e)
        {
            return e.InnerException is TargetException ? $"the url {WebhookTargets.AddressProblem}"
                : e.InnerException is AuthenticationException ? "the receiver's certificate is not trusted" : "the receiver cannot be reached";
        }
        catch (IOException)
        {
            return "the receiver broke off";
        }
    }

    /// <summary>What a body is signed with: one signature for each secret.</summary>
    internal static string Sign(IEnumerable<string> secrets, string id, string timestamp, byte[] body) =>
        string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret[SecretPrefix.Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]))));

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(Uri url, WebhookMessage message)
    {
        var body = Encoding.UTF8.GetBytes(message.Event.Json);
        var timestamp = message.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/cloudevents+json; charset=utf-8") } },
        };
        request.Headers.TryAddWithoutValidation("webhook-id", message.Event.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", Sign(message.Secrets, message.Event.Id, timestamp, body));
        request.Headers.TryAddWithoutValidation("User-Agent", "AuthzCluster-Webhooks");
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']').TrimEnd('.');
        var found = await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false);
        var allowed = Array.FindAll(found, address => _targets.IsAllowed(host, address));
        if (allowed.Length == 0)
        {
            throw new TargetException();
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class TargetException : IOException;
}
