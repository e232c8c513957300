namespace AuthzCluster.Hosting.Configuration;

/// <summary>What <c>--help</c> prints.</summary>
public static class HelpText
{
    /// <summary>Made of the table, so that no option can be missing.</summary>
    /// <param name="what">What the program does, one sentence.</param>
    /// <param name="table">All that can be set.</param>
    /// <param name="example">An option's name and a number that it may have.</param>
    /// <param name="notes">What else is worth knowing; lines.</param>
    public static string Of<T>(string what, IReadOnlyList<Option<T>> table, (string Name, int Value) example, params IEnumerable<string> notes)
    {
        var width = table.Max(option => option.Flag.Length);
        return string.Join('\n', [
            what,
            "",
            "Options (--name VALUE or --name=VALUE):",
            .. table.Select(option => $"  {option.Flag.PadRight(width)} {option.Help}"),
            $"  {"--help".PadRight(width)} prints this",
            "",
            $"Each can also be set in the environment (Authz__{example.Name}={example.Value}) and in appsettings.json beside the program",
            $"({{\"Authz\": {{\"{example.Name}\": {example.Value}}}}}); the command line wins, then the environment.",
            "",
            .. notes,
            "",
            "Exit codes: 0 stopped on request, 1 failed unexpectedly, 2 did not start (one line on stderr says why).",
        ]);
    }
}
