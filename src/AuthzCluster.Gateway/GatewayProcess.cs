using AuthzCluster.Api.Serving;
using AuthzCluster.Gateway.Configuration;
using AuthzCluster.Hosting.Processes;

namespace AuthzCluster.Gateway;

/// <summary>A gateway as a process: options in, an exit code out.</summary>
internal static class GatewayProcess
{
    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors) =>
        HostProcess.RunAsync(args, GatewayOptionTable.Help, () => ServeAsync(GatewayOptionTable.Read(args), output), output, errors);

    private static async Task ServeAsync(GatewayOptions options, TextWriter output)
    {
        await using var gateway = await GatewayApp.StartAsync(options);
        await output.WriteLineAsync($"Gateway of cluster {options.ClusterId} listens on {gateway.Url.ToString().TrimEnd('/')}{HttpGreeting.Grpc(gateway.GrpcUrl)}{HttpGreeting.Warnings(options.Http)}");
        await output.FlushAsync();
        await gateway.WaitForShutdownAsync();
    }
}
