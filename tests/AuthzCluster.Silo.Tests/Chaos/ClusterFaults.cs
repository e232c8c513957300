using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>What can happen to a cluster. It ends by itself; another may happen meanwhile, but each only once at a time.</summary>
internal interface IClusterFault
{
    /// <summary>What happens, for reports.</summary>
    string Name { get; }

    /// <summary>Lets it happen. Returns when it has begun.</summary>
    Task StrikeAsync();

    /// <summary>Waits until this one, and those that were struck beside it, are over, and there are as many ready silos and gateways as before.</summary>
    Task HealAsync();
}

/// <summary>What goes wrong with the processes of a cluster, and what their operators do to them. Afterwards there are as many as before.</summary>
internal static class ClusterFaults
{
    public static IReadOnlyList<IClusterFault> All(RunningCluster cluster, Random random)
    {
        RunningSilo AnySilo() => cluster.Silos[random.Next(cluster.Silos.Count)];
        RunningSilo? stopped = null;
        async Task ReplaceAsync()
        {
            await cluster.AddAsync();
            cluster.Drop();
        }
        async Task StopAsync(RunningSilo silo) => Assert.Equal(0, await silo.Process.StopAsync());
        return
        [
            new Fault("SIGSTOP of a silo",
                () =>
                {
                    (stopped = AnySilo()).Process.Signal("STOP");
                    return Task.CompletedTask;
                },
                async () =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(40));
                    stopped!.Process.Signal("CONT");
                    await Task.WhenAny(stopped.Process.EndAsync(), Task.Delay(TimeSpan.FromSeconds(10)));
                    if (!stopped.Process.HasExited)
                    {
                        await stopped.Process.KillAsync();
                    }
                    await ReplaceAsync();
                }),
            new Fault("kill -9 of a silo", () => AnySilo().Process.KillAsync(), ReplaceAsync),
            new Fault("a silo stops", () => StopAsync(AnySilo()), ReplaceAsync),
            new Fault("a silo joins, and the eldest stops", () => cluster.AddAsync(), async () =>
            {
                await StopAsync(cluster.Silos[0]);
                cluster.Drop();
            }),
            new Fault("kill -9 of a gateway", () => cluster.Gateways[random.Next(cluster.Gateways.Count)].Process.KillAsync(), async () =>
            {
                await cluster.GatewayAsync();
                cluster.Drop();
            }),
            new Fault("rolling restart of the silos", () => Task.CompletedTask, async () =>
            {
                foreach (var silo in cluster.Silos.ToList())
                {
                    await StopAsync(silo);
                    await ReplaceAsync();
                }
            }),
        ];
    }

    private sealed class Fault(string name, Func<Task> strike, Func<Task> heal) : IClusterFault
    {
        public string Name => name;

        public Task StrikeAsync() => strike();

        public Task HealAsync() => heal();
    }
}
