using AuthzCluster.Api.Credentials;

namespace AuthzCluster.Api;

/// <summary>What the host gives the API.</summary>
public sealed class ApiOptions
{
    /// <summary>
    /// The key of the page tokens' MAC; at least 32 random bytes, the same after a restart and in all processes that serve the same
    /// data. May throw <see cref="Actors.Storage.StoreUnavailableException"/> while it is not known.
    /// </summary>
    public required Func<byte[]> PageTokenKey { get; init; }

    /// <summary>The service's own address, for what tells callers where things are: never read off a request.</summary>
    public required Func<Uri> PublicUrl { get; init; }

    /// <summary>How much of large bodies is held at once, in bytes; at least the largest body. What would go beyond is refused for the moment.</summary>
    public long BodyMemory { get; init; } = 256 * 1024 * 1024;

    /// <summary>How many requests are handled at once, at least 1; one credential has half of them at most.</summary>
    public int MaxRequests { get; init; } = 2_000;

    /// <summary>How many more wait for that; beyond, a request is refused as unavailable.</summary>
    public int MaxQueue { get; init; } = 500;

    /// <summary>How long one of those waits before it is refused too.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request waits for any one answer from within; beyond, it is refused as unavailable. Imports and deletions take what they take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests a second one credential may make; 0: as many as it likes.</summary>
    public int RateLimit { get; init; }

    /// <summary>How many it may make at once after a rest; 0: as many as a second.</summary>
    public int RateBurst { get; init; }

    /// <summary>Whose pages may ask from browsers; checked already.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Whether the figures of the process need no credential.</summary>
    public bool MetricsOpen { get; init; }

    /// <summary>Whose JWT bearer tokens are taken; checked already. Null: nobody's.</summary>
    public JwtOptions? Jwt { get; init; }
}
