using System.Net;
using AuthzCluster.Api.Credentials;

namespace AuthzCluster.Api.Serving;

/// <summary>How a process takes in requests. Every value is checked before anything is started.</summary>
public sealed record HttpServing
{
    /// <summary>The TCP port; 0: any free one. Default: 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The TCP port of gRPC without TLS. Null, the default: the one after <see cref="Port"/>, or any free one where that is 0; none with <see cref="HttpsCertificate"/>.</summary>
    public int? GrpcPort { get; init; }

    /// <summary>Whether there is no gRPC port, whatever <see cref="GrpcPort"/> says. Default: there is.</summary>
    public bool IsGrpcOff { get; init; }

    /// <summary>The PEM file of the certificate with which <see cref="Port"/> speaks TLS, gRPC too. Null, the default: it speaks plain HTTP.</summary>
    public string? HttpsCertificate { get; init; }

    /// <summary>The PEM file of its key; with the certificate or not at all.</summary>
    public string? HttpsKey { get; init; }

    /// <summary>The port of gRPC without TLS as it is listened on, 0: any free one; null: none.</summary>
    internal int? OpenGrpcPort => IsGrpcOff || (GrpcPort is null && HttpsCertificate is not null) ? null : GrpcPort ?? (Port == 0 ? 0 : Port + 1);

    /// <summary>The address to listen on. Default: this machine only.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The address by which callers reach it, by way of what is in front: https, or on this machine; no query or fragment. Null, the default: where it listens.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How many connections are kept at once, at least 1; fewer where the process may not open as many files. Default: 20,000.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>How long a slow sender or reader is waited for before it is cut off; 2 seconds to 1 day. Default: 10 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much of large bodies (above 64 KiB each) is held at once, in MiB; at least 64, the largest import. Default: 256.</summary>
    public int BodyMemory { get; init; } = 256;

    /// <summary>How many requests are handled at once, at least 1, half of them of one credential; those whose bodies are waited for do not count. Default: 2,000.</summary>
    public int MaxRequests { get; init; } = 2_000;

    /// <summary>How many more wait for that. Default: 500.</summary>
    public int MaxQueue { get; init; } = 500;

    /// <summary>How long one of those waits before it is refused; 0 to 1 minute. Default: 1 second.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request waits for any one answer from within, imports and deletions aside; 1 second to 1 hour. Default: 1 minute.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the process goes on answering after it was asked to stop, while its readiness says no. Default: not at all.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>How long requests under way are waited for after that; then their connections are cut. At least 1 second. Default: 30 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests a second one credential may make; 0, the default: as many as it likes.</summary>
    public int RateLimit { get; init; }

    /// <summary>How many it may make at once after a rest, where <see cref="RateLimit"/> is set; 0, the default: as many as a second.</summary>
    public int RateBurst { get; init; }

    /// <summary>Origins whose pages may ask from browsers, such as <c>https://app.example.com</c>, or <c>*</c>. Default: none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Whether <c>/metrics</c> needs no credential. Default: it does.</summary>
    public bool MetricsOpen { get; init; }

    /// <summary>Whose JWT bearer tokens are taken. Null, the default: nobody's.</summary>
    public JwtOptions? Jwt { get; init; }
}
