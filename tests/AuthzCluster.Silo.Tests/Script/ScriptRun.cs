using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Script;

/// <summary><c>scripts/cluster</c>, started in a directory as somebody in a shell would.</summary>
internal sealed partial class ScriptRun : IAsyncDisposable
{
    private readonly string _directory;
    private readonly NodeProcess _process;
    private readonly List<HttpClient> _clients = [];

    private ScriptRun(string directory, NodeProcess process) => (_directory, _process) = (directory, process);

    public NodeProcess Process => _process;

    /// <summary>The numbers of its silos' processes, and of its gateways'.</summary>
    public IReadOnlyList<int> Silos { get; private set; } = [];

    public IReadOnlyList<int> Gateways { get; private set; } = [];

    /// <summary>Clients of its gateways with the admin key.</summary>
    public IReadOnlyList<ApiClient> Apis { get; private set; } = [];

    /// <summary>Starts it, and waits for nothing. Signals do what they usually do, though the test may run where they are ignored.</summary>
    public static ScriptRun Begin(string directory, params string[] arguments) => new(
        directory, NodeProcess.Start("env", ["-C", directory, "--default-signal", "bash", Path.Combine(Repository.Root, "scripts", "cluster"), .. arguments]));

    /// <summary>Starts it, and waits until it says that all of it runs.</summary>
    public static async Task<ScriptRun> StartAsync(string directory, string data, int port, params string[] more)
    {
        var run = Begin(directory, ["--data", data, "--port", $"{port}", .. more]);
        await run._process.OutputAsync("Ctrl-C stops all of it.");
        var lines = run._process.Output.Select(line => Line().Match(line)).Where(match => match.Success).ToLookup(match => match.Groups["what"].Value);
        run.Silos = [.. lines["Silo"].Select(Number)];
        run.Gateways = [.. lines["Gateway"].Select(Number)];
        var key = (await File.ReadAllTextAsync(Path.Combine(directory, data, "admin.key"))).Trim();
        run._clients.AddRange(lines["Gateway"].Select(match => new HttpClient { BaseAddress = new Uri(match.Groups["url"].Value), Timeout = TimeSpan.FromMinutes(2) }));
        run._clients.ForEach(client => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key));
        run.Apis = [.. run._clients.Select(client => new ApiClient(client, ""))];
        return run;
    }

    /// <summary>Asks it to stop by a signal, and holds it to leave nothing behind.</summary>
    public async Task StopAsync(string signal)
    {
        _process.Signal(signal);
        var (code, _, errors) = await _process.EndAsync();
        Assert.True(code == 0, string.Join('\n', errors));
        // PostgreSQL says that it has ended a moment before it is gone.
        await Wait.UntilAsync("nothing of it runs any more", () => Task.FromResult(Left().Count == 0));
    }

    /// <summary>The processes of it that still run.</summary>
    public IReadOnlyList<string> Left() => [
        .. Directory.GetDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out var number)
            && (IsOneOf(process, number) || CommandLine(process).Contains(_directory, StringComparison.Ordinal))).Select(CommandLine)];

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (!_process.HasExited)
        {
            _process.Signal("TERM");
        }
        await _process.EndAsync();
        await _process.DisposeAsync();
    }

    private bool IsOneOf(string process, int number) =>
        Silos.Concat(Gateways).Contains(number) && CommandLine(process).Contains("AuthzCluster.", StringComparison.Ordinal);

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int Number(Match match) => int.Parse(match.Groups["process"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<what>Silo|Gateway) [0-9]+ is process (?<process>[0-9]+), (?<url>http:[^ ]+)$")]
    private static partial Regex Line();
}
