using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>What goes wrong with the processes of a cluster, and what their operators do to them. Afterwards there are as many as before.</summary>
internal sealed class ClusterFaults(RunningCluster cluster, Random random)
{
    public const string KillSilo = "kill -9 of a silo, and another joins", StopSilo = "a silo stops, and another joins", AddSilo = "a silo joins, and the eldest stops",
        RollSilos = "all silos are restarted, one after the other", RollGateways = "all gateways are restarted, one after the other", KillGateway = "kill -9 of a gateway, and another comes";

    public static IReadOnlyList<string> All { get; } = [KillSilo, StopSilo, AddSilo, KillGateway, RollSilos, RollGateways];

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    public async Task DoAsync(string fault)
    {
        Count++;
        switch (fault)
        {
            case KillSilo:
                await AnySilo().Process.KillAsync();
                await cluster.AddAsync();
                break;
            case StopSilo:
                Assert.Equal(0, await AnySilo().Process.StopAsync());
                await cluster.AddAsync();
                break;
            case AddSilo:
                await cluster.AddAsync();
                Assert.Equal(0, await cluster.Silos[0].Process.StopAsync());
                break;
            case RollSilos:
                foreach (var silo in cluster.Silos.ToList())
                {
                    Assert.Equal(0, await silo.Process.StopAsync());
                    await cluster.AddAsync();
                    cluster.Drop();
                }
                break;
            case KillGateway:
                await cluster.Gateways[random.Next(cluster.Gateways.Count)].Process.KillAsync();
                await cluster.GatewayAsync();
                break;
            case RollGateways:
                foreach (var gateway in cluster.Gateways.ToList())
                {
                    // The new one first: somebody is always there.
                    await cluster.GatewayAsync();
                    Assert.Equal(0, await gateway.Process.StopAsync());
                    cluster.Drop();
                }
                break;
            default:
                throw new ArgumentException(fault, nameof(fault));
        }
        cluster.Drop();
    }

    private RunningSilo AnySilo() => cluster.Silos[random.Next(cluster.Silos.Count)];
}
