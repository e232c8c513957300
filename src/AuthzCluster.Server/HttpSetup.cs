using Microsoft.Extensions.Logging.Console;

namespace AuthzCluster.Server;

/// <summary>How requests are taken in. The API checks sizes and types itself; what is set here are the outer bounds.</summary>
internal static class HttpSetup
{
    // Ids of 256 characters, each of up to four bytes and percent-encoded, several in a path, and a scope in the query.
    private const int LongestRequestLine = 32 * 1024;

    public static void Apply(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The API's limits are below; with one here, the connection of a larger body would be cut before its sender could read the 413.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * LongestRequestLine;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A failed start is told in one line by the process, a failed request by the API. Off, it also spares every request an activity.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
