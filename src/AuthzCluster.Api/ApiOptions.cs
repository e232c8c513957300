namespace AuthzCluster.Api;

/// <summary>What the host gives the API.</summary>
public sealed class ApiOptions
{
    /// <summary>Key of the page tokens' MAC; at least 32 random bytes, the same after a restart.</summary>
    public required byte[] PageTokenKey { get; init; }
}
