using System.Collections.Concurrent;
using System.Diagnostics;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Benchmarks.Storage;

/// <summary>Commits alone and 64 at once; on many roles, and all on one; and the model.</summary>
internal static class MeasureWrites
{
    private const int Writers = 64, Each = 500, Alone = 2000;

    public static async Task RunAsync(BenchReport report, SqliteStore store, string where)
    {
        var tag = Guid.NewGuid().ToString("n")[..8];
        if (await store.CountIndexAsync(Shapes.Tenant, IndexNames.AssignableRoles, Shapes.BigRole, default) == 0)
        {
            await Shapes.MustAsync(store.CommitAsync(new(Shapes.Key("roles"), 0, [1]) { Adds = [.. Shapes.AssignableRoles()] }));
        }

        var alone = await LatenciesAsync(store, $"{tag}-alone", Alone, Shapes.RoleId);
        report.Add($"{where}: commit alone, median", Shapes.Percentile(alone, 0.5), "ms");
        report.Add($"{where}: commit alone, 99 %", Shapes.Percentile(alone, 0.99), "ms");
        await TogetherAsync(report, store, $"{where}: 64 writers, many roles", $"{tag}-many", Shapes.RoleId);
        await TogetherAsync(report, store, $"{where}: 64 writers, one role", $"{tag}-one", _ => Shapes.BigRole);
        await ModelAsync(report, store, where, tag);
    }

    private static async Task TogetherAsync(BenchReport report, SqliteStore store, string name, string tag, Func<int, string> role)
    {
        var before = store.TransactionCount;
        var latencies = new ConcurrentBag<List<double>>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
            latencies.Add(await LatenciesAsync(store, $"{tag}-{writer}", Each, i => role((i * Writers) + writer))))));
        var seconds = watch.Elapsed.TotalSeconds;
        var all = latencies.SelectMany(list => list).ToList();
        report.Add($"{name}: commits/s", all.Count / seconds, "commits/s", atLeast: 4000);
        report.Add($"{name}: median", Shapes.Percentile(all, 0.5), "ms");
        report.Add($"{name}: 99 %", Shapes.Percentile(all, 0.99), "ms");
        report.Add($"{name}: commits that share a transaction", all.Count / (double)(store.TransactionCount - before), "");
    }

    // Each second commit is a subject's second.
    private static async Task<List<double>> LatenciesAsync(SqliteStore store, string tag, int count, Func<int, string> role)
    {
        var latencies = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var commit = Shapes.Grant($"{tag}-{i / 2:x}", i % 2, role(i));
            var start = Stopwatch.GetTimestamp();
            await Shapes.MustAsync(store.CommitAsync(commit));
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    }

    private static async Task ModelAsync(BenchReport report, SqliteStore store, string where, string tag)
    {
        var (latencies, model) = (new List<double>(), Shapes.Bytes(200_000));
        for (var i = 0; i < 100; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await Shapes.MustAsync(store.CommitAsync(new(Shapes.Key($"model-{tag}"), i, model) { Outbox = [new(Shapes.Tenant, [1])] }));
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        report.Add($"{where}: commit of a model of 200 KB, median", Shapes.Percentile(latencies, 0.5), "ms");
    }
}
