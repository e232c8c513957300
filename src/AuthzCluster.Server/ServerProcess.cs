using AuthzCluster.Hosting;
using System.Net;
using AuthzCluster.Server.Configuration;

namespace AuthzCluster.Server;

/// <summary>The server as a process: options in, an exit code out.</summary>
internal static class ServerProcess
{
    private const int Stopped = 0, Refused = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        if (CommandLine.WantsHelp(args))
        {
            await output.WriteLineAsync(HelpText.Text);
            return Stopped;
        }
        try
        {
            var options = OptionReader.Read(args);
            await using var server = await ServerApp.StartAsync(options);
            await output.WriteLineAsync(Greeting(server, options));
            await output.FlushAsync();
            await server.WaitForShutdownAsync();
            return Stopped;
        }
        catch (StartRefusedException e)
        {
            await errors.WriteLineAsync($"authz: {e.Message}".ReplaceLineEndings(" "));
            return Refused;
        }
    }

    // For a shell, whatever the directory's name has in it.
    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Greeting(ServerApp server, ServerOptions options)
    {
        var url = server.Url.ToString().TrimEnd('/');
        var warning = IPAddress.IsLoopback(options.Address) ? "" : "\nThis address is open to other machines, and the protocol is plain HTTP: put a TLS proxy in front.";
        var connections = HttpSetup.Connections(options);
        warning += connections < options.MaxConnections ? $"\nThe limit of open files (ulimit -n) leaves room for {connections} connections, not {options.MaxConnections}." : "";
        return $"""
            AuthzCluster listens on {url}
            The admin key is in {server.AdminKeyPath}
            Try: curl -H "Authorization: Bearer $(cat {Quoted(server.AdminKeyPath)})" {url}/api/v1/roles{warning}
            """;
    }
}
