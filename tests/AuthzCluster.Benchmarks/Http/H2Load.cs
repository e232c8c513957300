using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>The load generator h2load: posts one body over 8 connections, 32 streams on each.</summary>
internal static partial class H2Load
{
    private const int Seconds = 4;

    /// <summary>Whether it is there.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "h2load")));

    /// <summary>Answers per second; throws where any was no success.</summary>
    public static async Task<double> RateAsync(Uri url, string key, byte[] body)
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "body");
        await File.WriteAllBytesAsync(file, body);
        using var load = Process.Start(new ProcessStartInfo("h2load",
            ["-t1", "-c8", "-m32", $"-D{Seconds}", "-d", file, "-H", "content-type: application/grpc", "-H", "te: trailers", "-H", $"authorization: Bearer {key}", url.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await load.StandardOutput.ReadToEndAsync();
        await load.WaitForExitAsync();
        return Failed().Match(output).Groups[1].Value == "0" && Rate().Match(output) is { Success: true } rate
            ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException(output);
    }

    [GeneratedRegex(@"([\d.]+) req/s")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) failed")]
    private static partial Regex Failed();
}
