using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AuthzCluster.Benchmarks.Engine;

/// <summary>
/// cedar-wasm over the same policies and the same question, in Node.js: `cedar.cjs`. It needs node, and the package where
/// NODE_PATH says, which scripts/bench sees to.
/// </summary>
internal static class CedarBench
{
    private static readonly string[] Caveats =
    [
        "cedar-wasm is another language and another place: each of its calls brings the question and the entities as JavaScript objects, which are",
        "serialized and read anew within WebAssembly, while the engine above is asked in its process with a question already parsed. Its policies are",
        "parsed once, before. Cedar looks at every policy of the set for each question; its answer lists errors besides, and has no valid_until, no roles",
        "by time and no matched grant. The figures say what a caller of either waits for, not which language evaluates a condition faster.",
    ];

    public static async Task RunAsync(BenchReport report, int few, int many, string resource)
    {
        foreach (var policies in new[] { few, many })
        {
            var (figures, problem) = await RunAsync(policies, resource);
            if (figures is null)
            {
                report.LeaveOut($"cedar-wasm with {policies:#,0} policies", problem);
                continue;
            }
            report.Add($"cedar-wasm {figures.Version}: parsing {policies:#,0} policies", figures.ParseMilliseconds, "ms");
            report.Add($"cedar-wasm: check with {policies:#,0} policies, of which 3 match", figures.CheckNanoseconds, "ns");
        }
        BenchReport.Note(Caveats);
    }

    private static async Task<(Figures? Figures, string Problem)> RunAsync(int policies, string resource)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "cedar.cjs"), policies.ToString(CultureInfo.InvariantCulture), resource })
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using var node = Process.Start(start)!;
            var errors = node.StandardError.ReadToEndAsync();
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            return node.ExitCode == 0
                ? (JsonSerializer.Deserialize<Figures>(output, JsonSerializerOptions.Web), "")
                : (null, (await errors).Split('\n').FirstOrDefault(line => line.Contains("Error", StringComparison.Ordinal)) ?? "node failed");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "node is not installed");
        }
    }

    private sealed record Figures(string Version, double ParseMilliseconds, double CheckNanoseconds);
}
