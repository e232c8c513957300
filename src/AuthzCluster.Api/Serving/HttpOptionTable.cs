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
        new("--address", "Address", "IP address to listen on (default 127.0.0.1: this machine only; plain HTTP)", (http, text) =>
            IPAddress.TryParse(text, out var address) ? http with { Address = address } : throw new FormatException("must be an IP address such as 127.0.0.1")),
        new("--max-connections", "MaxConnections", "connections kept at once; more are closed as they come (default 20000)", (http, text) =>
            http with { MaxConnections = OptionText.Number(text, 1, 1_000_000) }),
        new("--patience", "Patience", "how long a slow client is waited for, hh:mm:ss (default 00:00:10)", (http, text) =>
            http with { Patience = OptionText.Time(text, TimeSpan.FromSeconds(2)) }),
        new("--body-memory", "BodyMemory", "MiB that large request bodies may take up together (default 256)", (http, text) =>
            http with { BodyMemory = OptionText.Number(text, 64, 1_000_000) }),
        .. JwtOptionTable.All.Select(option => option.Of<HttpServing>(http => http.Jwt ?? new JwtOptions(), (http, jwt) => http with { Jwt = jwt })),
    ];
}
