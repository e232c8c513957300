using System.Net;
using AuthzCluster.Api.Credentials;

namespace AuthzCluster.Server;

/// <summary>How the server runs. Every value is checked before anything is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The TCP port; 0: any free one. Default: 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The address to listen on. Default: this machine only; the protocol is plain HTTP.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Where the data and the keys are; made if it is not there. Default: <c>./data</c>.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>How long what nobody asks for stays in memory; 1 second to 1 day. Default: 5 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whose JWT bearer tokens are taken. Null, the default: nobody's.</summary>
    public JwtOptions? Jwt { get; init; }
}
