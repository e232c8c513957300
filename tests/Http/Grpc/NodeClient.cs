using System.Diagnostics;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>node, with <c>@grpc/grpc-js</c> and <c>@grpc/proto-loader</c> that <c>scripts/test</c> installs.</summary>
internal static class NodeClient
{
    private static readonly string Modules = Path.Combine(Repository.Root, "artifacts", "grpc-js", "node_modules");

    /// <summary>What is missing; null: nothing.</summary>
    public static string? Missing =>
        !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "node"))) ? "node is not installed"
        : !Directory.Exists(Path.Combine(Modules, "@grpc", "grpc-js")) || !Directory.Exists(Path.Combine(Modules, "@grpc", "proto-loader")) ? $"@grpc/grpc-js and @grpc/proto-loader are not in {Modules}"
        : null;

    /// <summary>Runs the script of the tests; what it says, and its exit code.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = Modules;
        foreach (var arg in args.Prepend(Path.Combine(Repository.Root, "tests", "Http", "Grpc", "client.cjs")))
        {
            start.ArgumentList.Add(arg);
        }
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
