using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Hosting.Webhooks;

namespace AuthzCluster.Embedded;

/// <summary>How the embedded host runs.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>Where the data is; made if it is not there. Default: <c>data</c> in the working directory.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>How long an actor stays in memory that nobody uses. Default: 5 minutes; 1 second to 1 day.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Which Open Policy Agent servers policies may ask; by default none.</summary>
    public OpaOptions Opa { get; init; } = new();

    /// <summary>Where webhooks may send, and how.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Whether and by which keys what is stored is sealed. The keys are in <c>keys</c> in the data directory.</summary>
    public VaultOptions Vault { get; init; } = new();

    /// <summary>Whether and where decisions are logged; by default nowhere.</summary>
    public DecisionLogOptions DecisionLog { get; init; } = new();

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is wrong; the message is one line that names it.</exception>
    /// <exception cref="Hosting.StartRefusedException">One of those of policy servers is wrong, or a file cannot be read or written.</exception>
    public void Validate()
    {
        Opa.Checked();
        DecisionLog.Checked();
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            throw new ArgumentException($"{nameof(DataDirectory)} must name a directory");
        }
        if (IdleTime < TimeSpan.FromSeconds(1) || IdleTime > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"{nameof(IdleTime)} must be between 1 second and 1 day, not {IdleTime}");
        }
        if (Vault.KeyLifetime < TimeSpan.FromDays(7) || Vault.KeyLifetime > TimeSpan.FromDays(3650))
        {
            throw new ArgumentException($"{nameof(Vault.KeyLifetime)} must be between 7 and 3650 days, not {Vault.KeyLifetime.TotalDays}");
        }
    }
}
