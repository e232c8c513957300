using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>The load generator wrk: posts one body over 64 connections.</summary>
internal static partial class Wrk
{
    private const int Connections = 64, Seconds = 4;

    /// <summary>Whether it is there.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    /// <summary>Answers per second; throws where any was no success.</summary>
    public static async Task<double> RateAsync(Uri url, string key, string body) => Number(Rate(), await RunAsync(url, key, body));

    /// <summary>Answers in one run; throws where any was no success.</summary>
    public static async Task<double> CountAsync(Uri url, string key, string body) => Number(Count(), await RunAsync(url, key, body));

    private static double Number(Regex figure, string output) => double.Parse(figure.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(Uri url, string key, string body)
    {
        using var folder = new TemporaryDirectory();
        var script = Path.Combine(folder.Path, "post.lua");
        await File.WriteAllTextAsync(script, $"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Authorization"] = "Bearer {key}"
            wrk.body = [==[{body}]==]
            """);
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{Connections}", $"-d{Seconds}s", "-s", script, url.ToString()]) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return output.Contains("Non-2xx", StringComparison.Ordinal) || !Rate().IsMatch(output)
            ? throw new InvalidOperationException(output)
            : output;
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Count();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
