using System.Net;
using AuthzCluster.Api.Credentials;
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
        new("--drain-delay", "DrainDelay", "how long to go on answering when asked to stop, for a balancer to see it, hh:mm:ss (default 00:00:00)", (http, text) =>
            http with { DrainDelay = OptionText.Time(text, TimeSpan.Zero) }),
        new("--drain-timeout", "DrainTimeout", "how long requests under way are waited for after that, hh:mm:ss (default 00:00:30)", (http, text) =>
            http with { DrainTimeout = OptionText.Time(text, TimeSpan.FromSeconds(1)) }),
        .. JwtOptionTable.All.Select(option => option.Of<HttpServing>(http => http.Jwt ?? new JwtOptions(), (http, jwt) => http with { Jwt = jwt })),
    ];

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
