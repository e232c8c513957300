using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>A thing that goes wrong with a cluster of processes.</summary>
internal interface IClusterFault
{
    string Name { get; }

    /// <summary>Begins it.</summary>
    Task StrikeAsync();

    /// <summary>Undoes it, and waits until all is as before.</summary>
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
            new Fault("kill -9 of a silo", () => AnySilo().Process.KillAsync(), ReplaceAsync),
            new Fault("SIGSTOP of a silo",
                () =>
                {
                    (stopped = AnySilo()).Process.Signal("STOP");
                    return Task.CompletedTask;
                },
                async () =>
                {
                    stopped!.Process.Signal("CONT");
                    await Task.WhenAny(stopped.Process.EndAsync(), Task.Delay(TimeSpan.FromSeconds(10)));
                    if (!stopped.Process.HasExited)
                    {
                        await stopped.Process.KillAsync();
                    }
                    await ReplaceAsync();
                }),
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
