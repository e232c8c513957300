using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>
/// Whatever goes wrong with the processes of a cluster under load: no check that began after a write was acknowledged is answered from before it, nothing
/// that was acknowledged is lost, and nothing is done twice.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class RigTests(ITestOutputHelper output)
{
    private const int Silos = 3, FaultsInShort = 4, MostRests = 10, SilosToMute = 2, Told = 100, LinesTold = 40;

    [Fact]
    public Task Cluster_SomeFaultsUnderLoad_FinalIsFinalAndNothingIsLost() => RunAsync(async (rig, faults, _) =>
    {
        foreach (var fault in faults.Take(FaultsInShort))
        {
            await rig.SufferAsync(fault);
            await ReportAsync(rig.Figures);
        }
    });

    [SoakFact]
    [Trait("Category", "ClusterSoak")]
    public Task Cluster_EachFaultAndAnyTwoUnderLoad_FinalIsFinalAndNothingIsLost()
    {
        var budget = new SoakBudget(0);
        return RunAsync(async (rig, faults, random) =>
        {
            for (var round = 0; round < faults.Count || budget.Allows(round); round++)
            {
                var any = faults.OrderBy(_ => random.Next()).Take(random.Next(1, 3));
                await rig.SufferAsync(round < faults.Count ? [faults[round]] : [.. any]);
                await ReportAsync(rig.Figures);
                await rig.RestAsync();
            }
        });
    }

    // The rig itself: what nobody was told of is found by its checks.
    [Fact]
    public async Task Cluster_WhoseSilosTellEachOtherNothing_IsFoundToAnswerFromBefore()
    {
        await using var cluster = await RunningCluster.StartOnItsOwnAsync(SilosToMute);
        await cluster.GatewayAsync();
        try
        {
            await using var rig = await FaultRig.StartAsync(cluster, new Random(SoakBudget.FirstSeed));
            await rig.RestAsync();
            Assert.Equal(0, rig.Figures.Violations);
            cluster.Mute();
            for (var rest = 0; rest < MostRests && rig.Figures.Violations == 0; rest++)
            {
                await rig.RestAsync();
            }
            output.WriteLine($"{rig.Figures.Table}\n{rig.Figures.Wrong.FirstOrDefault()}");
            Assert.True(rig.Figures.Violations > 0, $"none of {rig.Figures.Decisive} checks with one right answer was found wrong");
            Assert.Contains(rig.Figures.Wrong, wrong => wrong.StartsWith("stale ", StringComparison.Ordinal));
        }
        catch
        {
            Tell(cluster);
            throw;
        }
    }

    private async Task RunAsync(Func<FaultRig, IReadOnlyList<IClusterFault>, Random, Task> run)
    {
        output.WriteLine($"seed: {SoakBudget.FirstSeed}");
        var random = new Random(SoakBudget.FirstSeed);
        await using var cluster = await RunningCluster.StartOnItsOwnAsync(Silos);
        if (ClusterFaults.LeftOut(cluster) is { } leftOut)
        {
            output.WriteLine(leftOut);
        }
        await cluster.GatewayAsync();
        await cluster.GatewayAsync();
        using var load = await ClusterLoad.StartAsync(cluster, random.Next());
        await using var rig = await FaultRig.StartAsync(cluster, random);
        try
        {
            await rig.RestAsync();
            await run(rig, ClusterFaults.All(cluster, random), random);
            await rig.EndAsync();
            await load.EndAsync();
        }
        catch
        {
            Tell(cluster);
            throw;
        }
        finally
        {
            await TellAsync(rig.Figures, load);
        }
        Assert.True(rig.Figures.Decisive > 0, "no check could have been wrong");
        Assert.Equal(0, rig.Figures.Violations);
        Assert.Empty(rig.Figures.Wrong);
    }

    private async Task TellAsync(Figures figures, ClusterLoad load)
    {
        await ReportAsync(figures);
        foreach (var wrong in figures.Wrong.Take(Told))
        {
            output.WriteLine(wrong);
        }
        output.WriteLine($"{figures.Table}\n{figures.Decisive} checks had one right answer; besides, {load.Summary}");
    }

    // What was there when something was not as it should be.
    private void Tell(RunningCluster cluster)
    {
        var silos = cluster.Silos.Select(silo => ($"silo {silo.Place.Host}:{silo.Place.SiloPort}", silo.Process));
        foreach (var (name, process) in silos.Concat(cluster.Gateways.Select(gateway => ($"gateway {gateway.Url}", gateway.Process))))
        {
            output.WriteLine($"{name}, process {process.Id}{(process.HasExited ? ", has ended" : "")}:");
            foreach (var line in process.Errors.Concat(process.Output).TakeLast(LinesTold))
            {
                output.WriteLine($"    {line}");
            }
        }
    }

    // For who watches a long run, too.
    private static async Task ReportAsync(Figures figures)
    {
        if (Environment.GetEnvironmentVariable("AUTHZ_SOAK_REPORT") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, figures.Table);
        }
    }
}
