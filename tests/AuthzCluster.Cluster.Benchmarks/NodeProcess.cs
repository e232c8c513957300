using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using AuthzCluster.Testing;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>A silo or a gateway of some build as it is shipped: a process of its own.</summary>
internal sealed partial class NodeProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _errors = new();

    private NodeProcess(string program, int gateway, IEnumerable<string> arguments)
    {
        Gateway = gateway;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && Greeting().IsMatch(text))
            {
                _joined.TrySetResult(text);
            }
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.Exited += (_, _) => _joined.TrySetException(Ended());
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The port for clients, on the loopback.</summary>
    public int Gateway { get; }

    /// <summary>The processor time it has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Makes that build's schema of a database.</summary>
    public static async Task MigrateAsync(string program, string database)
    {
        using var migration = new NodeProcess(program, 0, ["--migrate", "--database", database]);
        await migration._process.WaitForExitAsync();
        if (migration._process.ExitCode != 0)
        {
            throw migration.Ended();
        }
    }

    /// <summary>Starts one, and waits until it has joined.</summary>
    /// <param name="program">The silo's dll.</param>
    /// <param name="database">How its database is connected to.</param>
    /// <param name="more">More options.</param>
    public static async Task<NodeProcess> StartAsync(string program, string database, params string[] more)
    {
        var gateway = LoopbackPort.Free();
        var silo = new NodeProcess(program, gateway,
        [
            "--database", database, "--address", "127.0.0.1",
            "--silo-port", $"{LoopbackPort.Free()}", "--gateway-port", $"{gateway}", "--health-port", $"{LoopbackPort.Free()}", .. more,
        ]);
        try
        {
            await silo._joined.Task;
            return silo;
        }
        catch
        {
            silo.Dispose();
            throw;
        }
    }

    /// <summary>Starts a gateway of this build, and waits until it listens; where it does.</summary>
    public static async Task<(NodeProcess Process, Uri Url)> StartGatewayAsync(IEnumerable<NodeProcess> silos)
    {
        var names = string.Join(',', silos.Select(silo => $"127.0.0.1:{silo.Gateway}"));
        var gateway = new NodeProcess(typeof(Gateway.GatewayApp).Assembly.Location, 0, ["--port", "0", "--silos", names]);
        try
        {
            return (gateway, new Uri(Address().Match(await gateway._joined.Task).Value));
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
    }

    /// <summary>Ends it at once: its database goes too.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.WaitForExit();
        _process.Dispose();
    }

    private InvalidOperationException Ended()
    {
        lock (_errors)
        {
            return new($"a process of {_process.StartInfo.ArgumentList[0]} ended: {_errors}");
        }
    }

    [GeneratedRegex("(Silo|Gateway) of cluster")]
    private static partial Regex Greeting();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
