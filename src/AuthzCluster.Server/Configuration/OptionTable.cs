using System.Globalization;
using System.Net;

namespace AuthzCluster.Server.Configuration;

/// <summary>All that can be set; help, command line, environment and files are read off this.</summary>
internal static class OptionTable
{
    /// <summary>The section of files, and the prefix of environment variables.</summary>
    public const string Section = "Authz";

    public static IReadOnlyList<Option> All { get; } =
    [
        new("--port", "Port", "TCP port to listen on, 0 for any free one (default 8080)", (options, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
                ? options with { Port = port } : throw new FormatException("must be a whole number from 0 to 65535")),
        new("--address", "Address", "IP address to listen on (default 127.0.0.1: this machine only; plain HTTP)", (options, text) =>
            IPAddress.TryParse(text, out var address) ? options with { Address = address } : throw new FormatException("must be an IP address such as 127.0.0.1")),
        new("--data", "Data", "directory of the data and of admin.key, made if missing (default ./data)", (options, text) =>
            string.IsNullOrWhiteSpace(text) ? throw new FormatException("must name a directory") : options with { Data = text }),
        new("--idle-time", "IdleTime", "how long what nobody asks for stays in memory, hh:mm:ss (default 00:05:00)", (options, text) =>
            TimeSpan.TryParseExact(text, "hh\\:mm\\:ss", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(1)
                ? options with { IdleTime = time } : throw new FormatException("must be hh:mm:ss, from 00:00:01 to 23:59:59")),
        new("--max-connections", "MaxConnections", "connections kept at once; more are closed as they come (default 20000)", (options, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1_000_000
                ? options with { MaxConnections = count } : throw new FormatException("must be a whole number from 1 to 1000000")),
        new("--patience", "Patience", "how long a slow client is waited for, hh:mm:ss (default 00:00:10)", (options, text) =>
            TimeSpan.TryParseExact(text, "hh\\:mm\\:ss", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(2)
                ? options with { Patience = time } : throw new FormatException("must be hh:mm:ss, from 00:00:02 to 23:59:59")),
        new("--body-memory", "BodyMemory", "MiB that large request bodies may take up together (default 256)", (options, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 64 and <= 1_000_000
                ? options with { BodyMemory = size } : throw new FormatException("must be a whole number from 64 to 1000000")),
        .. JwtOptionTable.All,
    ];
}
