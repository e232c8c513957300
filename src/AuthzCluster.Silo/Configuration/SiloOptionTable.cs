using System.Net;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Configuration;
using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Tls;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Hosting.Webhooks;
using Npgsql;

namespace AuthzCluster.Silo.Configuration;

/// <summary>All that can be set; help, command line, environment and files are read off this.</summary>
internal static class SiloOptionTable
{
    private const int LongestId = 100;

    public static IReadOnlyList<Option<SiloOptions>> All { get; } =
    [
        new("--database", "Database", "connection string of the PostgreSQL database, as Npgsql reads it (needed)", (options, text) =>
            options with { Database = ConnectionString(text) }) { IsSecret = true },
        new("--service-id", "ServiceId", "name of the service whose data the database holds (default authz)", (options, text) =>
            options with { ServiceId = Id(text) }),
        new("--cluster-id", "ClusterId", "name of the cluster: silos of one find each other (default authz)", (options, text) =>
            options with { ClusterId = Id(text) }),
        new("--address", "Address", "IP address to listen on and to tell other silos (default 127.0.0.1: this machine only)", (options, text) =>
            IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
                ? options with { Address = address } : throw new FormatException("must be an IP address that others reach this silo by, such as 10.0.0.7")),
        new("--silo-port", "SiloPort", "TCP port for other silos (default 11111)", (options, text) => options with { SiloPort = Port(text) }),
        new("--gateway-port", "GatewayPort", "TCP port for gateways and other clients of the cluster (default 30000)", (options, text) =>
            options with { GatewayPort = Port(text) }),
        new("--health-port", "HealthPort", "TCP port of /health/live, /health/ready and /metrics, 0 for any free one (default 8081)", (options, text) =>
            options with { HealthPort = OptionText.Number(text, IPEndPoint.MinPort, IPEndPoint.MaxPort) }),
        new("--admin-key-file", "AdminKeyFile", "file of the admin key, made if missing (default: none)", (options, text) =>
            options with { AdminKeyFile = OptionText.NotBlank(text, "must name a file") }),
        new("--idle-time", "IdleTime", "how long what nobody asks for stays in memory, hh:mm:ss (default 00:05:00)", (options, text) =>
            options with { IdleTime = OptionText.Time(text, TimeSpan.FromMinutes(1)) }),
        new("--probe-timeout", "ProbeTimeout", "how long a silo may take to answer whether it lives, hh:mm:ss; after three misses it is dead (default 00:00:01)", (options, text) =>
            options with { ProbeTimeout = OptionText.Time(text, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)) }),
        new("--drain-timeout", "DrainTimeout", "how long the silo may take to hand over and leave, hh:mm:ss (default 00:00:30)", (options, text) =>
            options with { DrainTimeout = OptionText.Time(text, TimeSpan.FromSeconds(1)) }),
        .. FinalityOptionTable.All.Select(option => option.Of<SiloOptions>(options => options.Finality, (options, finality) => options with { Finality = finality })),
        .. OpaOptionTable.All.Select(option => option.Of<SiloOptions>(options => options.Opa, (options, opa) => options with { Opa = opa })),
        .. WebhookOptionTable.All.Select(option => option.Of<SiloOptions>(options => options.Webhooks, (options, webhooks) => options with { Webhooks = webhooks })),
        .. VaultOptionTable.All.Select(option => option.Of<SiloOptions>(options => options.Vault, (options, vault) => options with { Vault = vault })),
        .. DecisionLogOptionTable.All.Select(option => option.Of<SiloOptions>(options => options.DecisionLog, (options, log) => options with { DecisionLog = log })),
        .. TlsOptionTable.All.Select(option => option.Of<SiloOptions>(options => options.Tls, (options, tls) => options with { Tls = tls })),
    ];

    public static string Help { get; } = HelpText.Of(
        "Hosts the actors of a cluster over PostgreSQL.", All, ("SiloPort", 11_111),
        $"{SiloProcess.Migrate} with --database, --service-id and --cluster-id makes or updates the database's schema and ends.",
        $"{VaultOptionTable.NewKey} with the same makes a key that seals from then on, and ends; a silo takes it up within a day, or when it is started.",
        "",
        "The --lease- options and --announce-timeout are the same for all silos of a cluster; they may be changed silo by silo. A silo that is killed",
        "delays writes once, by at most --announce-timeout + --lease-duration + --lease-margin.",
        "",
        "The --opa- and --webhook- options are the same for all silos of a cluster, too.",
        "",
        "The ports for silos and gateways are for the processes of the cluster alone: whoever reaches them may do everything. Close",
        "them to others, or set the three options of TLS.");

    public static SiloOptions Read(IReadOnlyList<string> args)
    {
        var options = OptionReader.Read(new SiloOptions(), All, args);
        return options.Database is null ? throw new StartRefusedException("--database (Authz__Database) must be set")
            : options.SiloPort == options.GatewayPort ? throw new StartRefusedException($"--silo-port and --gateway-port are both {options.SiloPort}")
            : options.HealthPort == options.SiloPort || options.HealthPort == options.GatewayPort
                ? throw new StartRefusedException($"--health-port is {options.HealthPort}, as another port is")
            : options with { Finality = options.Finality.Checked(), Opa = options.Opa.Checked(), DecisionLog = options.DecisionLog.Checked() };
    }

    private static int Port(string text) => OptionText.Number(text, 1, IPEndPoint.MaxPort);

    private static string Id(string text) =>
        text.Length is > 0 and <= LongestId && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text : throw new FormatException($"must be 1 to {LongestId} letters, digits, `-`, `_` or `.`");

    private static string ConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 } builder
                ? builder.ConnectionString : throw new FormatException("must name a Host");
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"is no connection string ({e.Message})", e);
        }
    }
}
