namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A silo as a process.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private RunningSilo(NodeProcess process, SiloPlace place) => (Process, Place) = (process, place);

    public NodeProcess Process { get; }

    public SiloPlace Place { get; }

    /// <summary>Starts it on free ports, and waits for nothing.</summary>
    public static RunningSilo Start(string database, params IEnumerable<string> more) => Start(SiloPlace.New(), database, more);

    /// <summary>Starts it, and waits for nothing.</summary>
    public static RunningSilo Start(SiloPlace place, string database, IEnumerable<string> more) =>
        new(NodeProcess.StartSilo(["--database", database, .. place.Arguments, .. more]), place);

    /// <summary>The same, and it can be told to come to harm; it is mute once there is a file.</summary>
    public static RunningSilo StartFaultHost(SiloPlace place, string database, string mute, IEnumerable<string> more) =>
        new(NodeProcess.StartFaultHost(place.Namespace, mute, ["--database", database, .. place.Arguments, .. more]), place);

    /// <summary>What it says of its health; null: nothing.</summary>
    public async Task<(int Status, string Text)?> HealthAsync(string what)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://{Place.Host}:{Place.HealthPort}/health/{what}"));
            return ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Trim());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
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
