using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AuthzCluster.Hosting.Processes;

/// <summary>What the process logs, and where.</summary>
public static class ConsoleLog
{
    /// <summary>Warnings and worse, one line each, in UTC, to stderr: stdout is for who started the process.</summary>
    public static IServiceCollection AddConsoleLog(this IServiceCollection services)
    {
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return services.AddLogging(logging => logging
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                console.UseUtcTimestamp = true;
            })
            .SetMinimumLevel(LogLevel.Warning)
            // A failed start is told in one line by the process.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None));
    }
}
