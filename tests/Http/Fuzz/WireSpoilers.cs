using System.Globalization;
using System.Text;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>What is wrong below the level of HTTP's messages: versions, targets, lengths, chunks. Nothing of it may make one request two.</summary>
internal static class WireSpoilers
{
    // Were it taken for a request of its own, it would be answered 200.
    private const string Smuggled = "GET /health/live?smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    public static readonly Spoiler[] All =
    [
        new("odd version", true, (context, request) => request with { Version = context.Pick("HTTP/0.9", "HTTP/2.0", "HTTP/3", "HTTP/1.2", "http/1.1", "HTTP/1.1x", "HTTP/11", "", "X"), IsRaw = true }),
        new("HTTP/1.0", false, (_, request) => request with { Version = "HTTP/1.0", IsRaw = true }),
        new("no host", true, (_, request) => request with { Headers = request.Headers.RemoveAll(header => header.Name == "Host"), IsRaw = true }),
        new("two hosts", true, (_, request) => request.And("Host", "evil.example") with { IsRaw = true }),
        new("bad host", true, (context, request) => request.With("Host", context.Pick("a b", "a/b", "[::1", "a\\b", "\u00ff")) with { IsRaw = true }),
        new("odd host", false, (context, request) => request.With("Host", context.Pick("evil.example", "127.0.0.1:1", "", "localhost:99999", "[::1]:80")) with { IsRaw = true }),
        new("absolute target", false, (context, request) => request with { Target = context.Pick("http://x", "https://evil.example:1", "ftp://x", "http://a@b") + request.Target, IsRaw = true }),
        new("odd target", true, (context, request) => request with { Target = context.Pick("*", "x:443", "evil.example", "http://", "http:///", "\\", "?", "#", "/\0", "/%00", "/a b", " /", "/\u00ff", "/api/v1/roles#x"), IsRaw = true }),
        new("connect", true, (context, request) => request with { Method = "CONNECT", Target = context.Pick("x:443", "/", "*", request.Target), IsRaw = true }),
        new("bad length", true, (context, request) => request.And("Content-Length", context.Pick("-1", "5, 6", "0x5", "", "abc", "99999999999999999999999", "1e3", "5 5", "٣")) with { IsFramed = true, IsRaw = true }),
        new("two lengths", true, (context, request) => request.And("Content-Length", "3").And("Content-Length", "4") with { Body = Text("{}  "), IsFramed = true, IsRaw = true }),
        new("short body", true, (context, request) => context.Good.Body is { } body ? request.And("Content-Length", $"{Encoding.UTF8.GetByteCount(body) + 10}") with { IsFramed = true, IsRaw = true } : null),
        new("length and chunks", false, (context, request) => request.And("Content-Length", "5").And("Transfer-Encoding", "chunked") with { Body = Text(Chunked(context.Good.Body ?? "") + Smuggled), IsFramed = true, IsRaw = true }),
        new("odd transfer encoding", true, (context, request) => request.And("Transfer-Encoding", context.Pick("identity", "gzip", "chunked, gzip", "x", "chunked\0", "cow", "\u000bchunked")) with { Body = Text(Chunked("{}") + Smuggled), IsFramed = true, IsRaw = true }),
        new("bad chunks", true, (context, request) => context.Good.Body is null ? null : request.And("Transfer-Encoding", "chunked") with
        {
            Body = Text(context.Pick("zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffffff\r\n{}", "2\r\n{}0\r\n\r\n", "2 \r\n{}x\r\n0\r\n\r\n", "2\n{}\n0\n\n", "\r\n", "7fffffff\r\n{}", "2\r\n{")),
            IsFramed = true,
            IsRaw = true,
        }),
        new("chunks", false, (context, request) => context.Good.Body is { } body ? request.And("Transfer-Encoding", "chunked") with { Body = Text(Chunked(body)), IsFramed = true, IsRaw = true } : null),
        new("a large body announced", true, (context, request) => context.Good.Body is null ? null : request.And("Content-Length", context.Pick("999999999", "4294967297", "9223372036854775807")) with { Body = null, IsFramed = true, IsRaw = true }),
        new("a body too large, in chunks", true, (context, request) => context.Good.Body is null || context.Endpoint.BodyLimit > 4 * 1024 * 1024 || context.Random.Next(8) > 0 ? null
            : request.And("Transfer-Encoding", "chunked") with { Body = Text(Chunked(new string(' ', context.Endpoint.BodyLimit + 1))), IsFramed = true, IsRaw = true }),
        new("garbage", true, (context, request) => request with { Whole = Garbage(context.Random), IsRaw = true }),
        new("another protocol", true, (context, request) => request with { Whole = Encoding.Latin1.GetBytes(context.Pick("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", "EHLO x\r\nQUIT\r\n\r\n", "\0\0\0\u0008\0\0\0\u0000", "SSH-2.0-x\r\n", "\r\n\r\n\r\n")), IsRaw = true }),
        new("cut", true, (context, request) => Cut(context, request)),
    ];

    // Within the head, and before its end.
    private static FuzzRequest Cut(SpoilContext context, FuzzRequest request)
    {
        var head = (request with { Body = null }).ToBytes();
        return request with { Whole = head[..context.Random.Next(1, head.Length - 2)], IsRaw = true };
    }

    private static string Chunked(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        return length == 0 ? "0\r\n\r\n" : string.Create(CultureInfo.InvariantCulture, $"{length:x};x=\"y\"\r\n{text}\r\n0\r\nX-Trailer: t\r\n\r\n");
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 2000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
