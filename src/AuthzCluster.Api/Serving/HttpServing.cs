using System.Net;
using AuthzCluster.Api.Credentials;

namespace AuthzCluster.Api.Serving;

/// <summary>How a process takes in requests. Every value is checked before anything is started.</summary>
public sealed record HttpServing
{
    /// <summary>The TCP port; 0: any free one. Default: 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The address to listen on. Default: this machine only; the protocol is plain HTTP.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>How many connections are kept at once, at least 1; fewer where the process may not open as many files. Default: 20,000.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>How long a slow sender or reader is waited for before it is cut off; 2 seconds to 1 day. Default: 10 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much of large bodies (above 64 KiB each) is held at once, in MiB; at least 64, the largest import. Default: 256.</summary>
    public int BodyMemory { get; init; } = 256;

    /// <summary>Whose JWT bearer tokens are taken. Null, the default: nobody's.</summary>
    public JwtOptions? Jwt { get; init; }
}
