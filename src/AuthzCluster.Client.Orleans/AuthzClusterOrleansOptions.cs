namespace AuthzCluster.Client;

/// <summary>How an application reaches a cluster as an Orleans client of its own.</summary>
public sealed class AuthzClusterOrleansOptions : AuthzClusterGrainOptions
{
    /// <summary>
    /// Where the silos are, as <c>HOST:PORT</c>, the port being that for clients (30000 where it is left out). Names are looked up anew every
    /// few seconds, and stand for all addresses that they have. Required, unless <see cref="ConfigureClient"/> finds the silos in another way.
    /// </summary>
    public IReadOnlyList<string> Silos { get; set; } = [];

    /// <summary>The name of the service. Default: <c>authz</c>.</summary>
    public string ServiceId { get; set; } = "authz";

    /// <summary>The name of the cluster. Default: <c>authz</c>.</summary>
    public string ClusterId { get; set; } = "authz";

    /// <summary>Changes the Orleans client: TLS, another way to find silos. Null: as usual.</summary>
    public Action<IClientBuilder>? ConfigureClient { get; set; }
}
