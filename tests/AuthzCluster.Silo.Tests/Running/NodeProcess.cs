using System.Diagnostics;
using System.Globalization;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A process of a cluster, or one that is to become one.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly LineLog _output = new(), _errors = new();
    private readonly Task _reading;

    private NodeProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(_output.ReadAsync(process.StandardOutput), _errors.ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to stdout.</summary>
    public IReadOnlyList<string> Output => _output.Lines;

    /// <summary>What it wrote to stderr.</summary>
    public IReadOnlyList<string> Errors => _errors.Lines;

    /// <summary>Starts a program, on the environment of this process but for what is ours.</summary>
    public static NodeProcess Start(string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return new NodeProcess(Process.Start(start)!);
    }

    public static NodeProcess StartSilo(params IEnumerable<string> arguments) => Start("dotnet", [typeof(SiloApp).Assembly.Location, .. arguments]);

    /// <summary>Starts a silo that can be told to come to harm, in a network namespace; null: in this process's. Once there is a file, it tells no other silo what was committed.</summary>
    public static NodeProcess StartFaultHost(string? networkNamespace, string mute, IEnumerable<string> arguments)
    {
        (string, string?)[] environment = [("AUTHZ_FAULT_MUTE", mute)];
        var host = Path.Combine(AppContext.BaseDirectory, "AuthzCluster.Silo.FaultHost.dll");
        return networkNamespace is null
            ? Start("dotnet", [host, .. arguments], environment)
            : Start("nsenter", [$"--net=/run/netns/{networkNamespace}", "dotnet", host, .. arguments], environment);
    }

    public static NodeProcess StartGateway(params IEnumerable<string> arguments) => Start("dotnet", [typeof(Gateway.GatewayApp).Assembly.Location, .. arguments]);

    /// <summary>Waits for a line on stdout that has a text in it.</summary>
    public async Task<string> OutputAsync(string text) =>
        await _output.FindAsync(text) ?? throw new InvalidOperationException($"ended without `{text}`: {string.Join('\n', _errors.Lines)}");

    /// <summary>Waits for a line on stderr that has a text in it.</summary>
    public async Task<string> ErrorAsync(string text) =>
        await _errors.FindAsync(text) ?? throw new InvalidOperationException($"ended without `{text}`: {string.Join('\n', _errors.Lines)}");

    /// <summary>Sends it a signal; nobody, once it has ended.</summary>
    public void Signal(string name)
    {
        if (!_process.HasExited)
        {
            Signal(name, _process.Id);
        }
    }

    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", ["-s", name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; waits for the end; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        return (await EndAsync()).Code;
    }

    /// <summary>Waits for the end; the exit code and what was written.</summary>
    public async Task<(int Code, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return (_process.ExitCode, _output.Lines, _errors.Lines);
    }

    /// <summary>Waits for the end of one that refuses to start; its one line.</summary>
    public async Task<string> RefusedAsync()
    {
        var (code, output, errors) = await EndAsync();
        Assert.True(code == 2, $"ended with {code}: {string.Join('\n', errors)}");
        Assert.Empty(output);
        return Assert.Single(errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // One that was stopped in its tracks takes this too.
            await KillAsync();
        }
        await _reading;
        _process.Dispose();
    }
}
