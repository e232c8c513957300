using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Webhooks;

namespace AuthzCluster.Grains.Node;

/// <summary>How a silo hosts the actors.</summary>
public sealed record GrainsOptions
{
    /// <summary>How long an actor stays in memory that nobody uses. Default: 5 minutes; 1 minute to 1 day.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Of how many subjects and entities of which nothing is stored the latest stay in memory. Default: 100,000.</summary>
    public int MostStrangers { get; init; } = 100_000;

    /// <summary>The times of leases. The same on all silos.</summary>
    public FinalityOptions Finality { get; init; } = new();

    /// <summary>Which Open Policy Agent servers policies may ask; checked, the same on all silos. By default none.</summary>
    public OpaOptions Opa { get; init; } = new();

    /// <summary>Whether and where this silo's decisions are logged; checked. By default nowhere.</summary>
    public DecisionLogOptions DecisionLog { get; init; } = new();

    /// <summary>Where webhooks may send, and how.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Whether a caller that a client calls trusted is: for tests that are their own cluster's clients, and nobody else.</summary>
    internal bool TrustsClients { get; init; }
}
