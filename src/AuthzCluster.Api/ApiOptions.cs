using AuthzCluster.Api.Credentials;

namespace AuthzCluster.Api;

/// <summary>What the host gives the API.</summary>
public sealed class ApiOptions
{
    /// <summary>SHA-256 of the admin key; 32 bytes.</summary>
    public required byte[] AdminKeyHash { get; init; }

    /// <summary>Key of the page tokens' MAC; at least 32 random bytes, the same after a restart.</summary>
    public required byte[] PageTokenKey { get; init; }

    /// <summary>Whose JWT bearer tokens are taken; checked already. Null: nobody's.</summary>
    public JwtOptions? Jwt { get; init; }
}
