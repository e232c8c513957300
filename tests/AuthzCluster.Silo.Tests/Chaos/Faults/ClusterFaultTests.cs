using System.Globalization;
using System.Net;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>Each fault happens, and all is as before afterwards: a fault that does nothing would find nothing.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ClusterFaultTests(FaultCluster faulted, ITestOutputHelper output) : IClassFixture<FaultCluster>
{
    private const string Twice = "perhaps-twice-";

    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(4), Slow = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Faults_OfProcessesAndDatabase_HappenAndLeaveAllAsBefore()
    {
        var (cluster, scene) = (faulted.Cluster, faulted.Scene);

        await StruckAsync(cluster, new KillSilo(scene), () => Task.FromResult(Exited(cluster) == 1));
        await StruckAsync(cluster, new StopSilo(scene), () => Task.FromResult(Exited(cluster) == 1));
        await StruckAsync(cluster, new JoinAndLeave(scene), () => Task.FromResult(Exited(cluster) == 1 && cluster.Silos.Count == FaultCluster.Silos + 1));
        await StruckAsync(cluster, new KillGateway(scene), () => Task.FromResult(cluster.Gateways[0].Process.HasExited));
        await StruckAsync(cluster, new PauseSilo(Brief, scene), () => Task.FromResult(cluster.Silos.Count(silo => State(silo) == 'T') == 1));
        await StruckAsync(cluster, new LongCollection(scene), async () =>
            (await Task.WhenAll(cluster.Silos.Select(silo => silo.HealthAsync("live")))).Count(health => health is null) == 1 && cluster.Silos.All(silo => State(silo) != 'T'));
        await StruckAsync(cluster, new PauseDatabase(Brief, scene), async () => await StartedAsync(cluster) is null);
        var since = await StartedAsync(cluster);
        await StruckAsync(cluster, new RestartDatabase(scene), async () => await StartedAsync(cluster) is { } again && again != since);
        await StruckAsync(cluster, new RollAll(scene), () => Task.FromResult(Exited(cluster) == FaultCluster.Silos && cluster.Gateways[0].Process.HasExited));
    }

    [NetworkFact]
    public async Task Faults_OfTheNetwork_HappenAndLeaveAllAsBefore()
    {
        var (cluster, scene) = (faulted.Cluster, faulted.Scene);
        var (database, port) = ($"{cluster.Network!.Database}", cluster.Server!.Port);

        await StruckAsync(cluster, new Partition(ofSilos: true, ofDatabase: false, Brief, scene), async () => await CutFromSilosAsync(cluster.Silos) == 1 && await CutFromAsync(cluster.Silos, database, port) == 0);
        await StruckAsync(cluster, new Partition(ofSilos: false, ofDatabase: true, Brief, scene), async () => await CutFromSilosAsync(cluster.Silos) == 0 && await CutFromAsync(cluster.Silos, database, port) == 1);
        await StruckAsync(cluster, new Partition(ofSilos: true, ofDatabase: true, Brief, scene), async () => await CutFromSilosAsync(cluster.Silos) == 1 && await CutFromAsync(cluster.Silos, database, port) == 1);
        await StruckAsync(cluster, new SlowSilo(Slow, 2 * Slow, Brief, scene), async () => (await Task.WhenAll(cluster.Silos.Select(DelayAsync))).Max() > 1.5 * Slow);
    }

    [Fact]
    public async Task Faults_TwoAtOnce_AreBothOver()
    {
        var (cluster, scene) = (faulted.Cluster, faulted.Scene);
        (IClusterFault One, IClusterFault Other)[] pairs = [
            (new PauseDatabase(Brief, scene), new RestartDatabase(scene)), (new PauseSilo(Brief, scene), new StopSilo(scene)), (new KillSilo(scene), new KillGateway(scene))];
        foreach (var (one, other) in pairs)
        {
            await one.StrikeAsync();
            await other.StrikeAsync();
            await Task.WhenAll(one.HealAsync(), other.HealAsync());
            Whole(cluster);
        }
    }

    [Fact]
    public async Task Fault_Duplicates_SomeSubjectsAreActiveTwice()
    {
        var (cluster, scene) = (faulted.Cluster, faulted.Scene);
        await AskAsync(cluster);
        Assert.Equal(0, await TwiceAsync(cluster));

        await StruckAsync(cluster, new Duplicates(scene), async () =>
        {
            await AskAsync(cluster);
            return await TwiceAsync(cluster) > 0;
        });

        // A gateway takes the silos in turn.
        static async Task AskAsync(RunningCluster cluster)
        {
            for (var round = 0; round < FaultCluster.Silos; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, 30).Select(i => cluster.Gateways[0].Api.PostAsync("/api/v1/authorization/evaluate", new { user = $"{Twice}{i}", permission = "a:b" })));
            }
        }
    }

    private async Task StruckAsync(RunningCluster cluster, ClusterFault fault, Func<Task<bool>> happens)
    {
        var since = TimeProvider.System.GetTimestamp();
        await fault.StrikeAsync();
        await Wait.UntilAsync($"it happens: {fault.Name}", happens);
        await fault.HealAsync();
        // Told, and not held: how long it takes is the machine's business.
        output.WriteLine($"{fault.Name}: whole after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:f1} s");
        Whole(cluster);
    }

    private static void Whole(RunningCluster cluster)
    {
        Assert.Equal((FaultCluster.Silos, 1), (cluster.Silos.Count, cluster.Gateways.Count));
        Assert.All(cluster.Silos, silo => Assert.NotEqual('T', State(silo)));
    }

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

    // How many of some activations are there twice.
    private static async Task<int> TwiceAsync(RunningCluster cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = ("authz", "authz"))
            .UseStaticClustering([.. cluster.Silos.Select(silo => new IPEndPoint(IPAddress.Parse(silo.Place.Host), silo.Place.GatewayPort))]));
        using var host = builder.Build();
        await host.StartAsync();
        var activations = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        await host.StopAsync();
        return activations.Where(one => one.GrainId.ToString().Contains(Twice, StringComparison.Ordinal)).GroupBy(one => one.GrainId).Count(group => group.Count() > 1);
    }

    // How many of them reach no other silo.
    private static async Task<int> CutFromSilosAsync(IReadOnlyList<RunningSilo> silos)
    {
        var reached = await Task.WhenAll(silos.Select(async silo =>
            await Task.WhenAll(silos.Where(other => other != silo).Select(other => Line.CanConnectAsync(silo.Place, other.Place.Host, other.Place.SiloPort)))));
        return reached.Count(others => others.All(can => !can));
    }

    private static async Task<TimeSpan> DelayAsync(RunningSilo silo)
    {
        var delays = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var since = TimeProvider.System.GetTimestamp();
            Assert.NotNull(await silo.HealthAsync("live"));
            delays.Add(TimeProvider.System.GetElapsedTime(since));
        }
        return delays.Min();
    }
}
