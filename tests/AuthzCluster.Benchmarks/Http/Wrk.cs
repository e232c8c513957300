using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>The load generator wrk: posts one body over 64 connections.</summary>
internal static partial class Wrk
{
    /// <summary>Over how many connections it posts.</summary>
    public const int Connections = 64;

    private const int Seconds = 4;

    /// <summary>Whether it is there.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    /// <summary>Answers per second; throws where any was no success.</summary>
    public static async Task<double> RateAsync(Uri url, string key, string body) => Number(Rate(), await RunAsync(url, key, body));

    /// <summary>Answers in one run; throws where any was no success.</summary>
    public static async Task<double> CountAsync(Uri url, string key, string body) => Number(Count(), await RunAsync(url, key, body));

    /// <summary>Answers per second over many connections, and within how many milliseconds 99 of 100 come; throws where any was no success.</summary>
    public static async Task<(double Rate, double P99)> LoadAsync(Uri url, string key, string body, int connections)
    {
        var output = await RunAsync(url, key, body, connections);
        var latency = Latency().Match(output);
        var unit = latency.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };
        return (Number(Rate(), output), unit * double.Parse(latency.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static double Number(Regex figure, string output) => double.Parse(figure.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(Uri url, string key, string body, int connections = Connections)
    {
        using var folder = new TemporaryDirectory();
        var script = Path.Combine(folder.Path, "post.lua");
        await File.WriteAllTextAsync(script, $"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Authorization"] = "Bearer {key}"
            wrk.body = [==[{body}]==]
            """);
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{Seconds}s", "--latency", "--timeout", "30s", "-s", script, url.ToString()]) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal) || !Rate().IsMatch(output)
            ? throw new InvalidOperationException(output)
            : output;
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Count();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Latency();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
