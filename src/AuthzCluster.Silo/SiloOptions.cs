using System.Net;
using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Tls;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Hosting.Webhooks;

namespace AuthzCluster.Silo;

/// <summary>How a silo runs. Every value is checked before anything is started.</summary>
public sealed record SiloOptions
{
    /// <summary>The connection string of the cluster's PostgreSQL database, as Npgsql reads it.</summary>
    public string? Database { get; init; }

    /// <summary>Names the service: whose data the database holds. Default: <c>authz</c>.</summary>
    public string ServiceId { get; init; } = "authz";

    /// <summary>Names the cluster: silos of one find each other. Default: <c>authz</c>.</summary>
    public string ClusterId { get; init; } = "authz";

    /// <summary>The address that this silo listens on and tells the others. Default: this machine only.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port for other silos. Default: 11111.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>The TCP port for gateways and other clients of the cluster. Default: 30000.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>The TCP port of <c>/health</c>; 0: any free one. Default: 8081.</summary>
    public int HealthPort { get; init; } = 8_081;

    /// <summary>Where the admin key is; made if it is not there. Null, the default: this silo sees to no admin key.</summary>
    public string? AdminKeyFile { get; init; }

    /// <summary>How long what nobody asks for stays in memory; 1 minute to 1 day. Default: 5 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long another silo is waited for that is asked whether it lives; three in a row that it misses, and it is dead. Default: 1 second.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the silo may take to hand over and leave. Default: 30 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By what a silo may answer from memory, and how long others wait for it.</summary>
    public FinalityOptions Finality { get; init; } = new();

    /// <summary>Which Open Policy Agent servers policies may ask; by default none. The same for all silos.</summary>
    public OpaOptions Opa { get; init; } = new();

    /// <summary>Where webhooks may send, and how.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Whether and by which keys what is stored is sealed; the keys are in the database.</summary>
    public VaultOptions Vault { get; init; } = new();

    /// <summary>Whether and where this silo's decisions are logged; by default nowhere.</summary>
    public DecisionLogOptions DecisionLog { get; init; } = new();

    /// <summary>By what the processes of the cluster know each other.</summary>
    public TlsOptions Tls { get; init; } = new();
}
