using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuthzCluster.Server.Tests.Processes;

/// <summary>The server as a process of its own.</summary>
internal sealed partial class ServerProcessRun : IDisposable
{
    private readonly Process _process;

    private ServerProcessRun(Process process) => _process = process;

    public static ServerProcessRun Start(IEnumerable<string> args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(ServerApp).Assembly.Location);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return new ServerProcessRun(Process.Start(start)!);
    }

    /// <summary>Waits for the greeting; answers the URL in it.</summary>
    public async Task<Uri> UrlAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
        return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; answers the exit code and what was written, but for Kestrel's word that its heartbeat was late: then the machine was busy, and nothing is wrong with the process.</summary>
    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        var (output, errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await output, WithoutLateHeartbeats(await errors));
    }

    /// <summary>What was written, without that one line: known by its category, its event and its words.</summary>
    public static string WithoutLateHeartbeats(string errors) => LateHeartbeat().Replace(errors, "");

    [GeneratedRegex(@"^\S+ warn: Microsoft\.AspNetCore\.Server\.Kestrel\S*\[22\] As of .*, the heartbeat has been running for .*\r?\n", RegexOptions.Multiline)]
    private static partial Regex LateHeartbeat();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
