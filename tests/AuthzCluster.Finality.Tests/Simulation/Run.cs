using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>A run of the simulation; the same again for the same seed.</summary>
internal static class Run
{
    // One: of several that are announced together the waiters would go on elsewhere.
    private static readonly ActorKey Subject = Key("ann");

    /// <summary>Runs until something is wrong or the time is over; what was wrong, null: nothing.</summary>
    public static string? Of(int seed, Parts parts, TimeSpan time, Counts counts, bool isTraced = false) =>
        OneThread.Run(() => Walk(seed, parts, time, counts, isTraced));

    private static string? Walk(int seed, Parts parts, TimeSpan time, Counts counts, bool isTraced)
    {
        var world = new World(seed, isTraced);
        var cluster = new Cluster(world, new RandomLinks(world), parts, [.. Enumerable.Range(0, 2 + (seed & 1)).Select(_ => parts.Rate(world.Random))]);
        try
        {
            new Client(cluster, Subject).Start();
            new RandomFaults(cluster, Subject).Start();
            Ask(cluster);
            for (var second = 0; second < time.TotalSeconds && cluster.Checker.Violation is null; second++)
            {
                world.Run(TimeSpan.FromSeconds(1));
            }
        }
        finally
        {
            cluster.End();
        }
        counts.Add(world.Counts);
        return cluster.Checker.Violation is { } violation ? $"seed {seed}: {violation}{(isTraced ? "\n" + world.Trace : "")}" : null;
    }

    public static ActorKey Key(string user) => ActorKey.Of(new TenantId("acme"), new SubjectId("user", user));

    private static void Ask(Cluster cluster)
    {
        var (world, random) = (cluster.World, cluster.World.Random);
        var machine = cluster.Machines[random.Next(cluster.Machines.Count)];
        if (machine.Process is { } process)
        {
            world.After(TimeSpan.Zero, process, () => _ = process.EvaluateAsync(Subject));
        }
        world.After(TimeSpan.FromMilliseconds(10 * random.Next(20)), null, () => Ask(cluster));
    }
}
