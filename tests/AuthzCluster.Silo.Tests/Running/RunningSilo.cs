using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A silo as a process, on free ports of this machine.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private RunningSilo(NodeProcess process, int siloPort, int gatewayPort, int healthPort) =>
        (Process, SiloPort, GatewayPort, HealthPort) = (process, siloPort, gatewayPort, healthPort);

    public NodeProcess Process { get; }

    public int SiloPort { get; }

    public int GatewayPort { get; }

    public int HealthPort { get; }

    /// <summary>Where clients find it.</summary>
    public string Address => $"127.0.0.1:{GatewayPort}";

    /// <summary>Starts it and waits for nothing.</summary>
    public static RunningSilo Start(string database, params IEnumerable<string> more)
    {
        var (silo, gateway, health) = (Ports.Free(), Ports.Free(), Ports.Free());
        return new RunningSilo(NodeProcess.StartSilo(["--database", database, .. Arguments(silo, gateway, health), .. more]), silo, gateway, health);
    }

    public static string[] Arguments(int silo, int gateway, int health) =>
        ["--silo-port", $"{silo}", "--gateway-port", $"{gateway}", "--health-port", $"{health}"];

    /// <summary>What it says of its health; null: nothing.</summary>
    public async Task<(int Status, string Text)?> HealthAsync(string what)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{HealthPort}/health/{what}"));
            return ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Trim());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until it has joined.</summary>
    public Task<string> JoinedAsync() => Process.OutputAsync("Silo of cluster");

    /// <summary>Makes the schema of a database.</summary>
    public static async Task MigrateAsync(string database, params string[] more)
    {
        await using var migration = NodeProcess.StartSilo(["--migrate", "--database", database, .. more]);
        var (code, _, errors) = await migration.EndAsync();
        Assert.True(code == 0, string.Join('\n', errors));
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
