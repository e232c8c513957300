using AuthzCluster.Actors.Storage;
using AuthzCluster.Api.Serving;
using AuthzCluster.Embedded;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Processes;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Server.Configuration;

namespace AuthzCluster.Server;

/// <summary>The server as a process: options in, an exit code out.</summary>
internal static class ServerProcess
{
    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors) =>
        HostProcess.RunAsync(args, OptionTable.Help, () => args.Contains(VaultOptionTable.NewKey)
            ? MakeKeyAsync(OptionTable.Read([.. args.Where(arg => arg != VaultOptionTable.NewKey)]), output)
            : ServeAsync(OptionTable.Read(args), output), output, errors);

    private static async Task MakeKeyAsync(ServerOptions options, TextWriter output)
    {
        if (!Directory.Exists(options.Data))
        {
            throw new StartRefusedException($"--data: there is no directory `{options.Data}`");
        }
        try
        {
            await output.WriteLineAsync($"Made the key {EmbeddedNode.MakeKey(new EmbeddedOptions { DataDirectory = options.Data, Vault = options.Vault })}.");
        }
        catch (StoreUnavailableException e)
        {
            throw new StartRefusedException($"--data: {e.Message}", e);
        }
    }

    private static async Task ServeAsync(ServerOptions options, TextWriter output)
    {
        await using var server = await ServerApp.StartAsync(options);
        await output.WriteLineAsync(Greeting(server, options));
        await output.FlushAsync();
        await server.WaitForShutdownAsync();
    }

    // For a shell, whatever the directory's name has in it.
    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Greeting(ServerApp server, ServerOptions options)
    {
        var url = server.Url.ToString().TrimEnd('/');
        return $"""
            AuthzCluster listens on {url}{HttpGreeting.Grpc(server.GrpcUrl)}
            The admin key is in {server.AdminKeyPath}
            Try: curl -H "Authorization: Bearer $(cat {Quoted(server.AdminKeyPath)})" {url}/api/v1/roles{HttpGreeting.Warnings(options.Http)}
            """;
    }
}
