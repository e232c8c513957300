using AuthzCluster.Api.Serving;
using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Hosting.Webhooks;

namespace AuthzCluster.Server;

/// <summary>How the server runs. Every value is checked before anything is started.</summary>
public sealed record ServerOptions
{
    /// <summary>How requests are taken in.</summary>
    public HttpServing Http { get; init; } = new();

    /// <summary>Where the data and the keys are; made if it is not there. Default: <c>./data</c>.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>How long what nobody asks for stays in memory; 1 second to 1 day. Default: 5 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Which Open Policy Agent servers policies may ask; by default none.</summary>
    public OpaOptions Opa { get; init; } = new();

    /// <summary>Where webhooks may send, and how.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Whether and by which keys what is stored is sealed; the keys are in <c>DATA/keys</c>.</summary>
    public VaultOptions Vault { get; init; } = new();

    /// <summary>Whether and where decisions are logged; by default nowhere.</summary>
    public DecisionLogOptions DecisionLog { get; init; } = new();
}
