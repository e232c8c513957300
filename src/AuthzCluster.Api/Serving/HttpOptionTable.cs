using System.Net;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Manners;
using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Api.Serving;

/// <summary>What can be set of how requests are taken in, whatever serves them. What the options of JWT must be together: <see cref="JwtRules"/>.</summary>
public static class HttpOptionTable
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<HttpServing>> All { get; } =
    [
        new("--port", "Port", "TCP port to listen on, 0 for any free one (default 8080)", (http, text) =>
            http with { Port = OptionText.Number(text, IPEndPoint.MinPort, IPEndPoint.MaxPort) }),
        new("--grpc-port", "GrpcPort", "TCP port of gRPC without TLS, 0 for any free one, or off (default: the port after --port; off with --https-cert)", (http, text) =>
            text == "off" ? http with { IsGrpcOff = true } : http with { GrpcPort = GrpcPortOf(text), IsGrpcOff = false }),
        new("--https-cert", "HttpsCert", "PEM file of a certificate: --port speaks TLS, gRPC too (default: plain HTTP)", (http, text) =>
            http with { HttpsCertificate = OptionText.NotBlank(text, "must name a file") }),
        new("--https-key", "HttpsKey", "PEM file of the key of --https-cert", (http, text) => http with { HttpsKey = OptionText.NotBlank(text, "must name a file") }),
        new("--address", "Address", "IP address to listen on (default 127.0.0.1: this machine only)", (http, text) =>
            IPAddress.TryParse(text, out var address) ? http with { Address = address } : throw new FormatException("must be an IP address such as 127.0.0.1")),
        new("--public-url", "PublicUrl", "the https address by which callers reach it, for AuthZEN metadata (default: where it listens)", (http, text) =>
            http with { PublicUrl = PublicUrlOf(text) }),
        new("--max-connections", "MaxConnections", "connections kept at once; more are closed as they come (default 20000)", (http, text) =>
            http with { MaxConnections = OptionText.Number(text, 1, 1_000_000) }),
        new("--patience", "Patience", "how long a slow client is waited for, hh:mm:ss (default 00:00:10)", (http, text) =>
            http with { Patience = OptionText.Time(text, TimeSpan.FromSeconds(2)) }),
        new("--body-memory", "BodyMemory", "MiB that large request bodies may take up together (default 256)", (http, text) =>
            http with { BodyMemory = OptionText.Number(text, 64, 1_000_000) }),
        new("--max-requests", "MaxRequests", "requests handled at once, half of them of one credential (default 2000)", (http, text) =>
            http with { MaxRequests = OptionText.Number(text, 1, 1_000_000) }),
        new("--max-queue", "MaxQueue", "requests that wait for that; more are told to come again (default 500)", (http, text) =>
            http with { MaxQueue = OptionText.Number(text, 0, 1_000_000) }),
        new("--queue-time", "QueueTime", "how long one of those waits at most, hh:mm:ss (default 00:00:01)", (http, text) =>
            http with { QueueTime = OptionText.Time(text, TimeSpan.Zero, TimeSpan.FromMinutes(1)) }),
        new("--request-timeout", "RequestTimeout", "how long a request waits for any one answer from within, hh:mm:ss (default 00:01:00)", (http, text) =>
            http with { RequestTimeout = OptionText.Time(text, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) }),
        new("--rate-limit", "RateLimit", "requests a second that one credential may make, 0 for no limit (default 0)", (http, text) =>
            http with { RateLimit = OptionText.Number(text, 0, 1_000_000) }),
        new("--rate-burst", "RateBurst", "requests that it may make at once after a rest, with --rate-limit; 0 for as many as a second (default 0)", (http, text) =>
            http with { RateBurst = OptionText.Number(text, 0, 1_000_000) }),
        new("--cors-origins", "CorsOrigins", "origins whose pages may ask from browsers, commas between them, or * (default none)", (http, text) =>
            http with { CorsOrigins = [.. OptionText.List(text).Select(Cors.Parse)] }),
        new("--metrics-open", "MetricsOpen", "on: /metrics needs no credential (default off)", (http, text) =>
            http with { MetricsOpen = text switch { "on" => true, "off" => false, _ => throw new FormatException("must be on or off") } }),
        new("--drain-delay", "DrainDelay", "how long to go on answering when asked to stop, for a balancer to see it, hh:mm:ss (default 00:00:00)", (http, text) =>
            http with { DrainDelay = OptionText.Time(text, TimeSpan.Zero) }),
        new("--drain-timeout", "DrainTimeout", "how long requests under way are waited for after that, hh:mm:ss (default 00:00:30)", (http, text) =>
            http with { DrainTimeout = OptionText.Time(text, TimeSpan.FromSeconds(1)) }),
        .. JwtOptionTable.All.Select(option => option.Of<HttpServing>(http => http.Jwt ?? new JwtOptions(), (http, jwt) => http with { Jwt = jwt })),
    ];

    private static Uri PublicUrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0 && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal)
            ? url
            : throw new FormatException("must be an https address (http on this machine) without user, query or fragment, such as https://authz.example.com");

    private static int GrpcPortOf(string text)
    {
        try
        {
            return OptionText.Number(text, IPEndPoint.MinPort, IPEndPoint.MaxPort);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{e.Message}, or off", e);
        }
    }
}
