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

        foreach (var fault in ClusterFaults.All(cluster, new Random(SoakBudget.FirstSeed)))
        {
            await load.AfterAsync(Between);
            await fault.StrikeAsync();
            await fault.HealAsync();
            output.WriteLine($"{fault.Name}: {load.Summary}");
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
        var faults = ClusterFaults.All(cluster, random);
        using var load = await ClusterLoad.StartAsync(cluster, random.Next());
        for (var round = 0; budget.Allows(round); round++)
        {
            var fault = faults[random.Next(faults.Count)];
            await load.AfterAsync(random.Next(1, 4 * Between));
            await fault.StrikeAsync();
            await fault.HealAsync();
            output.WriteLine($"{round}, {fault.Name}: {load.Summary}");
        }
        await load.EndAsync();
        output.WriteLine(load.Summary);
    }
}
