namespace AuthzCluster.Server.Configuration;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public static string Text { get; } = string.Join('\n', [
        "Serves authorization decisions over HTTP from one process.",
        "",
        "Options (--name VALUE or --name=VALUE):",
        .. OptionTable.All.Select(option => $"  {option.Flag,-19} {option.Help}"),
        "  --help              prints this",
        "",
        "Each can also be set in the environment (Authz__Port=8080) and in appsettings.json beside the program",
        "({\"Authz\": {\"Port\": 8080}}); the command line wins, then the environment.",
        "",
        "Tokens are taken of one issuer, once --jwt-issuer, --jwt-audience, and --jwt-metadata or --jwt-keys are given; lists",
        "have commas between their items.",
        "",
        "The first start writes DATA/admin.key, the key that may do everything. Lost or leaked: delete the file and",
        "restart; a new key is made, and the old one is worth nothing.",
        "",
        "Exit codes: 0 stopped on request, 2 did not start (one line on stderr says why).",
    ]);
}
