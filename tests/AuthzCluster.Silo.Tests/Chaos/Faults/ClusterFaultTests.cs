using System.Globalization;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using Npgsql;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>Each fault happens, and all is as before afterwards: a fault that does nothing would find nothing.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ClusterFaultTests(ITestOutputHelper output)
{
    private const int Silos = 3, Users = 30;

    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(4), Slow = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Faults_OfProcessesAndDatabase_HappenAndLeaveAllAsBefore()
    {
        await using var cluster = await StartAsync();
        var scene = new FaultScene(cluster, new Random(1));

        await StruckAsync(cluster, new KillSilo(scene), () => Task.FromResult(Exited(cluster) == 1));
        await StruckAsync(cluster, new StopSilo(scene), () => Task.FromResult(Exited(cluster) == 1));
        await StruckAsync(cluster, new JoinAndLeave(scene), () => Task.FromResult(Exited(cluster) == 1 && cluster.Silos.Count == Silos + 1));
        await StruckAsync(cluster, new KillGateway(scene), () => Task.FromResult(cluster.Gateways[0].Process.HasExited));
        var silos = cluster.Silos;
        await StruckAsync(cluster, new PauseSilo(Brief, scene), () => Task.FromResult(cluster.Silos.Count(silo => State(silo) == 'T') == 1));
        await StruckAsync(cluster, new PauseDatabase(Brief, scene), async () => await StartedAsync(cluster) is null);
        var since = await StartedAsync(cluster);
        await StruckAsync(cluster, new RestartDatabase(scene), async () => await StartedAsync(cluster) is { } again && again != since);
        Assert.Equal(silos, cluster.Silos);
        await StruckAsync(cluster, new RollAll(scene), () => Task.FromResult(Exited(cluster) == Silos && cluster.Gateways[0].Process.HasExited));
    }

    [NetworkFact]
    public async Task Faults_OfTheNetwork_HappenAndLeaveAllAsBefore()
    {
        await using var cluster = await StartAsync();
        var (scene, silos, database) = (new FaultScene(cluster, new Random(1)), cluster.Silos, $"{cluster.Network!.Database}");

        await StruckAsync(cluster, new Partition(ofSilos: true, ofDatabase: false, Brief, scene), async () => await CutFromSilosAsync(silos) == 1 && await CutFromAsync(silos, database, cluster.Server!.Port) == 0);
        await StruckAsync(cluster, new Partition(ofSilos: false, ofDatabase: true, Brief, scene), async () => await CutFromSilosAsync(silos) == 0 && await CutFromAsync(silos, database, cluster.Server!.Port) == 1);
        await StruckAsync(cluster, new Partition(ofSilos: true, ofDatabase: true, Brief, scene), async () => await CutFromSilosAsync(silos) == 1 && await CutFromAsync(silos, database, cluster.Server!.Port) == 1);
        await StruckAsync(cluster, new SlowSilo(Slow, 2 * Slow, Brief, scene), async () => (await Task.WhenAll(silos.Select(DelayAsync))).Max() > 1.5 * Slow);
        Assert.Equal(silos, cluster.Silos);
    }

    [Fact]
    public async Task Faults_TwoAtOnce_AreBothOver()
    {
        await using var cluster = await StartAsync();
        var scene = new FaultScene(cluster, new Random(1));
        (IClusterFault One, IClusterFault Other)[] pairs = [
            (new PauseDatabase(Brief, scene), new RestartDatabase(scene)), (new PauseSilo(Brief, scene), new StopSilo(scene)), (new KillSilo(scene), new KillGateway(scene))];
        foreach (var (one, other) in pairs)
        {
            await one.StrikeAsync();
            await other.StrikeAsync();
            await Task.WhenAll(one.HealAsync(), other.HealAsync());
            await WholeAsync(cluster);
        }
    }

    private static async Task<RunningCluster> StartAsync()
    {
        var cluster = await RunningCluster.StartOnItsOwnAsync(Silos);
        await cluster.GatewayAsync();
        return cluster;
    }

    private async Task StruckAsync(RunningCluster cluster, ClusterFault fault, Func<Task<bool>> happens)
    {
        var since = TimeProvider.System.GetTimestamp();
        await fault.StrikeAsync();
        await Wait.UntilAsync($"it happens: {fault.Name}", happens);
        await fault.HealAsync();
        output.WriteLine($"{fault.Name}: whole after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:f1} s");
        await WholeAsync(cluster);
    }

    // By whichever silo one asks, wherever the subject is.
    private static async Task WholeAsync(RunningCluster cluster)
    {
        Assert.Equal((Silos, 1), (cluster.Silos.Count, cluster.Gateways.Count));
        await Task.WhenAll(Enumerable.Range(0, Users).Select(i => AnsweredAsync(cluster.Gateways[0].Api, $"u{i}")));
    }

    private static async Task AnsweredAsync(ApiClient api, string user) => Assert.Equal("no_assignment", await api.ReasonAsync(user, "a:b"));

    private static int Exited(RunningCluster cluster) => cluster.Silos.Count(silo => silo.Process.HasExited);

    // What the kernel says that a process does: T is stopped.
    private static char State(RunningSilo silo)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{silo.Process.Id}/stat"));
        return stat[stat.LastIndexOf(')') + 2];
    }

    // Since when it runs; null: no answer.
    private static async Task<DateTime?> StartedAsync(RunningCluster cluster)
    {
        try
        {
            await using var connection = new NpgsqlConnection(cluster.Database + ";Pooling=false;Timeout=1;Command Timeout=1");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT pg_postmaster_start_time()", connection);
            return (DateTime)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static async Task<int> CutFromAsync(IReadOnlyList<RunningSilo> silos, string host, int port) =>
        (await Task.WhenAll(silos.Select(silo => Line.CanConnectAsync(silo.Place, host, port)))).Count(can => !can);

    // How many of them reach no other silo.
    private static async Task<int> CutFromSilosAsync(IReadOnlyList<RunningSilo> silos)
    {
        var reached = await Task.WhenAll(silos.Select(async silo =>
            await Task.WhenAll(silos.Where(other => other != silo).Select(other => Line.CanConnectAsync(silo.Place, other.Place.Host, other.Place.SiloPort)))));
        return reached.Count(others => others.All(can => !can));
    }

    private static async Task<TimeSpan> DelayAsync(RunningSilo silo)
    {
        var since = TimeProvider.System.GetTimestamp();
        Assert.NotNull(await silo.HealthAsync("live"));
        return TimeProvider.System.GetElapsedTime(since);
    }
}
