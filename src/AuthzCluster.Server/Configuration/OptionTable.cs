using AuthzCluster.Api.Serving;
using AuthzCluster.Hosting.Configuration;
using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Hosting.Webhooks;

namespace AuthzCluster.Server.Configuration;

/// <summary>All that can be set; help, command line, environment and files are read off this.</summary>
internal static class OptionTable
{
    public static IReadOnlyList<Option<ServerOptions>> All { get; } =
    [
        new("--data", "Data", "directory of the data and of admin.key, made if missing (default ./data)", (options, text) =>
            options with { Data = OptionText.NotBlank(text, "must name a directory") }),
        new("--idle-time", "IdleTime", "how long what nobody asks for stays in memory, hh:mm:ss (default 00:05:00)", (options, text) =>
            options with { IdleTime = OptionText.Time(text, TimeSpan.FromSeconds(1)) }),
        .. OpaOptionTable.All.Select(option => option.Of<ServerOptions>(options => options.Opa, (options, opa) => options with { Opa = opa })),
        .. WebhookOptionTable.All.Select(option => option.Of<ServerOptions>(options => options.Webhooks, (options, webhooks) => options with { Webhooks = webhooks })),
        .. VaultOptionTable.All.Select(option => option.Of<ServerOptions>(options => options.Vault, (options, vault) => options with { Vault = vault })),
        .. DecisionLogOptionTable.All.Select(option => option.Of<ServerOptions>(options => options.DecisionLog, (options, log) => options with { DecisionLog = log })),
        .. HttpOptionTable.All.Select(option => option.Of<ServerOptions>(options => options.Http, (options, http) => options with { Http = http })),
    ];

    public static string Help { get; } = HelpText.Of(
        "Serves authorization decisions over HTTP from one process.", All, ("Port", 8080),
        "Tokens are taken of one issuer, once --jwt-issuer, --jwt-audience, and --jwt-metadata or --jwt-keys are given; lists",
        "have commas between their items.",
        "",
        "The first start writes DATA/admin.key, the key that may do everything. Lost or leaked: delete the file and",
        "restart; a new key is made, and the old one is worth nothing.",
        "",
        "DATA/keys holds the keys that data is sealed with: back it up, for without it the data cannot be read.",
        $"{VaultOptionTable.NewKey} with --data makes a key that seals from the next start on, and ends.");

    public static ServerOptions Read(IReadOnlyList<string> args) => OptionReader.Read(new ServerOptions(), All, args);
}
