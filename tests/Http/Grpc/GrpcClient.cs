using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using AuthzCluster.Api.Grpc.Rpc;
using Google.Protobuf;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>Calls made of HTTP/2 requests by hand, so that they can be wrong too. All of one client go over one connection.</summary>
internal sealed class GrpcClient(Uri url, string? token) : IDisposable
{
    public const string Authorization = "authz.v1.AuthorizationService/", Roles = "authz.v1.RoleService/";

    private readonly HttpClient _http = new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
    {
        BaseAddress = url, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, Timeout = TimeSpan.FromMinutes(2),
    };

    public string? Tenant { get; init; }

    public void Dispose() => _http.Dispose();

    /// <summary>A message as it is sent.</summary>
    public static byte[] Frame(IMessage message) => Frame(message.ToByteArray());

    /// <summary>Bytes as a message.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>Calls with one message.</summary>
    public Task<GrpcReply> CallAsync(string method, IMessage message, params (string, string)[] headers) => SendAsync(method, new ByteArrayContent(Frame(message)), headers);

    /// <summary>Calls with any bytes.</summary>
    public Task<GrpcReply> SendBytesAsync(string method, byte[] body, params (string, string)[] headers) => SendAsync(method, new ByteArrayContent(body), headers);

    /// <summary>Calls, and takes the answer whole.</summary>
    public async Task<GrpcReply> SendAsync(string method, HttpContent content, params (string, string)[] headers)
    {
        using var response = await OpenAsync(method, content, headers);
        var body = await response.Content.ReadAsByteArrayAsync();
        return Of(response, Split(body));
    }

    /// <summary>Calls, and leaves the reading of the answer.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string method, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/" + method) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        if (Tenant is not null)
        {
            request.Headers.Add("x-tenant-id", Tenant);
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
        return response;
    }

    /// <summary>How a call ended whose answer was read.</summary>
    public static GrpcReply Of(HttpResponseMessage response, IReadOnlyList<byte[]> messages)
    {
        var ends = response.Headers.Concat(response.TrailingHeaders).ToDictionary(header => header.Key, header => header.Value.Single(), StringComparer.OrdinalIgnoreCase);
        var details = ends.TryGetValue("grpc-status-details-bin", out var text) ? Status.Parser.ParseFrom(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))) : null;
        return new GrpcReply(
            int.Parse(ends["grpc-status"], System.Globalization.CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(ends.GetValueOrDefault("grpc-message", "")), details, messages, ends);
    }

    /// <summary>The messages of a body.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> body)
    {
        var messages = new List<byte[]>();
        while (body.Length > 0)
        {
            Assert.Equal(0, body[0]);
            var length = BinaryPrimitives.ReadInt32BigEndian(body[1..]);
            messages.Add(body.Slice(5, length).ToArray());
            body = body[(5 + length)..];
        }
        return messages;
    }
}
