using System.Diagnostics;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Benchmarks.Storage;

/// <summary>Reads by key, pages of holders, counts.</summary>
internal static class MeasureReads
{
    public static async Task RunAsync(BenchReport report, SqliteStore store)
    {
        var random = new Random(1);
        await MedianAsync(report, "read a subject by key", 20_000, async () =>
        {
            var key = Shapes.Key(Shapes.UserId(random.Next(Shapes.Subjects)));
            return (await store.ReadAsync(key))!.State.Length;
        });
        await MedianAsync(report, "read the model (200 KB)", 500, async () =>
            (await store.ReadAsync(ActorKey.Of(Shapes.Tenant)))!.State.Length);
        await MedianAsync(report, "first 100 holders of a role with 100,000", 2000, async () =>
            (await store.ReadIndexAsync(Shapes.Tenant, IndexNames.RoleHolders, Shapes.BigRole, null, 100)).Count);
        await MedianAsync(report, "1000 holders from the middle", 500, async () =>
            (await store.ReadIndexAsync(Shapes.Tenant, IndexNames.RoleHolders, Shapes.BigRole, "ua:acme/user/user-8", 1000)).Count);
        await MedianAsync(report, "count holders of a role with 100,000", 5000, async () =>
            await store.CountIndexAsync(Shapes.Tenant, IndexNames.RoleHolders, Shapes.BigRole, DateTimeOffset.UnixEpoch));
        await MedianAsync(report, "first 100 due of 250,000", 2000, async () =>
            (await store.ReadDueAsync(DateTimeOffset.MaxValue, 100)).Count);

        var holders = await store.CountIndexAsync(Shapes.Tenant, IndexNames.RoleHolders, Shapes.BigRole, DateTimeOffset.UnixEpoch);
        if (holders < Shapes.HoldersOfBigRole)
        {
            throw new InvalidOperationException($"The big role has {holders} holders only.");
        }
    }

    private static async Task MedianAsync(BenchReport report, string name, int times, Func<ValueTask<long>> read)
    {
        var latencies = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await read() == 0)
            {
                throw new InvalidOperationException($"Nothing was there: {name}.");
            }

            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        report.Add($"{name}, median", Shapes.Percentile(latencies, 0.5), "us");
        report.Add($"{name}, 99 %", Shapes.Percentile(latencies, 0.99), "us");
    }
}
