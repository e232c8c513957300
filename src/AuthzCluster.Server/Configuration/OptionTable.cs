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
        .. JwtOptionTable.All,
    ];
}
