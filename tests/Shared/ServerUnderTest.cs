using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace AuthzCluster.Testing;

/// <summary>The server as a process of its own, on a free port of this machine.</summary>
internal sealed partial class ServerUnderTest : IAsyncDisposable
{
    private readonly Process _process;

    private ServerUnderTest(Process process, Uri url, string key)
    {
        _process = process;
        Url = url;
        Key = key;
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The admin key.</summary>
    public string Key { get; }

    /// <summary>A client with the admin key.</summary>
    public HttpClient Http { get; }

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts it on a data directory and waits until it listens.</summary>
    public static async Task<ServerUnderTest> StartAsync(string data, params string[] more)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "AuthzCluster.Server.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { dll, "--port", "0", "--data", data }.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServerUnderTest(process, new Uri(match.Value), (await File.ReadAllTextAsync(Path.Combine(data, "admin.key"))).Trim());
            }
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"the server exited with {process.ExitCode}: {await errors}");
    }

    /// <summary>The most memory it has had resident, in MiB.</summary>
    public double PeakMebibytes() => Status("VmHWM");

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>The memory it has resident, in MiB.</summary>
    public double Mebibytes() => Status("VmRSS");

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
