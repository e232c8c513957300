using System.Globalization;

namespace AuthzCluster.Api.Serving;

/// <summary>How many files, connections among them, the process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>What is kept free of connections: for the database, for what is being accepted, for the runtime.</summary>
    public const int Reserve = 512;

    /// <summary>The limit; null: none, or the system does not tell.</summary>
    public static long? Limit()
    {
        const string table = "/proc/self/limits", name = "Max open files";
        if (!File.Exists(table))
        {
            return null;
        }
        var line = File.ReadLines(table).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is not null && long.TryParse(line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit : null;
    }
}
