namespace AuthzCluster.Hosting.Configuration;

/// <summary>The options of the command line: <c>--name value</c> or <c>--name=value</c>.</summary>
public static class CommandLine
{
    /// <summary>The values by their configuration names; the words that ask for help are not among them.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="table">All that can be set.</param>
    /// <exception cref="StartRefusedException">One is unknown, without a value, or given twice.</exception>
    public static Dictionary<string, string?> Parse<T>(IReadOnlyList<string> args, IReadOnlyList<Option<T>> table)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                ? (args[i][..equals], args[i][(equals + 1)..])
                : (args[i], null);
            var option = table.FirstOrDefault(option => option.Flag == name)
                ?? throw new StartRefusedException($"unknown option `{name}`; --help tells which there are");
            value ??= ++i < args.Count ? args[i] : throw new StartRefusedException($"{name} needs a value");
            if (!values.TryAdd(OptionReader.Section + ":" + option.Name, value))
            {
                throw new StartRefusedException($"{name} is given twice");
            }
        }
        return values;
    }

    /// <summary>Whether help is asked for.</summary>
    public static bool WantsHelp(IReadOnlyList<string> args) => args.Any(arg => arg is "--help" or "-h" or "-?");
}
