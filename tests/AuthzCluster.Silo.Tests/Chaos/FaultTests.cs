using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>Silos are killed, stopped and added under load, and gateways too: nothing that was acknowledged is lost, and nothing is done twice.</summary>
[Collection(ProcessCollection.Name)]
public sealed class FaultTests(ITestOutputHelper output)
{
    // Writes that are acknowledged between two faults.
    private const int Between = 40;

    [Fact]
    public async Task Silos_KilledStoppedAddedAndRestartedUnderLoad_LoseNothingAcknowledged()
    {
        await using var cluster = await RunningCluster.StartAsync(2);
        await cluster.GatewayAsync();
        await cluster.GatewayAsync();
        using var load = await ClusterLoad.StartAsync(cluster, SoakBudget.FirstSeed);
        var faults = new ClusterFaults(cluster, new Random(SoakBudget.FirstSeed));

        foreach (var fault in ClusterFaults.All)
        {
            await load.AfterAsync(Between);
            await faults.DoAsync(fault);
            output.WriteLine($"{fault}: {load.Summary}");
        }
        await load.AfterAsync(Between);
        await load.EndAsync();
        output.WriteLine(load.Summary);
    }

    [Fact]
    [Trait("Category", "ClusterSoak")]
    public async Task Silos_AnyFaultAfterAnyOther_LoseNothingAcknowledged()
    {
        var budget = new SoakBudget(0);
        if (!budget.Allows(0))
        {
            return;
        }
        var random = new Random(SoakBudget.FirstSeed);
        await using var cluster = await RunningCluster.StartAsync(3);
        await cluster.GatewayAsync();
        await cluster.GatewayAsync();
        var faults = new ClusterFaults(cluster, random);
        using var load = await ClusterLoad.StartAsync(cluster, random.Next());
        for (var round = 0; budget.Allows(round); round++)
        {
            var fault = ClusterFaults.All[random.Next(ClusterFaults.All.Count)];
            await load.AfterAsync(random.Next(1, 4 * Between));
            await faults.DoAsync(fault);
            output.WriteLine($"{round}, {fault}: {load.Summary}");
        }
        await load.EndAsync();
        output.WriteLine($"{faults.Count} faults; {load.Summary}");
    }
}
