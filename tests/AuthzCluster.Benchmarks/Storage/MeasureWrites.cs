using System.Collections.Concurrent;
using System.Diagnostics;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Benchmarks.Storage;

/// <summary>Commits alone and 64 at once; on many roles, and all on one; and the model.</summary>
internal static class MeasureWrites
{
    private const int Writers = 64, Each = 500, Alone = 2000;

    private static int _next;

    /// <summary>Subjects that nothing is stored of yet: the user and the version to expect.</summary>
    public static (string User, long Version) NewSubject(int i) => ($"new-{i}", 0);

    /// <summary>Subjects that were loaded, in no order, each once.</summary>
    public static (string User, long Version) LoadedSubject(int i) => (Shapes.UserId((int)(i * 7919L % Shapes.Subjects)), 1);

    public static async Task RunAsync(BenchReport report, SqliteStore store, string where, Func<int, (string User, long Version)> subject)
    {
        if (await store.CountIndexAsync(Shapes.Tenant, IndexNames.AssignableRoles, Shapes.BigRole, default) == 0)
        {
            await Shapes.MustAsync(store.CommitAsync(new(Shapes.Key("roles"), 0, [1]) { Adds = [.. Shapes.AssignableRoles()] }));
        }

        var alone = await LatenciesAsync(store, Alone, subject, Shapes.RoleId);
        report.Add($"{where}: commit alone, median", Shapes.Percentile(alone, 0.5), "ms");
        report.Add($"{where}: commit alone, 99 %", Shapes.Percentile(alone, 0.99), "ms");
        await TogetherAsync(report, store, $"{where}: 64 writers, many roles", subject, Shapes.RoleId);
        await TogetherAsync(report, store, $"{where}: 64 writers, one role", subject, _ => Shapes.BigRole);
        await ModelAsync(report, store, where);
    }

    private static async Task TogetherAsync(
        BenchReport report, SqliteStore store, string name, Func<int, (string User, long Version)> subject, Func<int, string> role)
    {
        var before = store.TransactionCount;
        var latencies = new ConcurrentBag<List<double>>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
            latencies.Add(await LatenciesAsync(store, Each, subject, role)))));
        var seconds = watch.Elapsed.TotalSeconds;
        var all = latencies.SelectMany(list => list).ToList();
        report.Add($"{name}: commits/s", all.Count / seconds, "1/s", atLeast: 4000);
        report.Add($"{name}: median", Shapes.Percentile(all, 0.5), "ms");
        report.Add($"{name}: 99 %", Shapes.Percentile(all, 0.99), "ms");
        report.Add($"{name}: commits that share a transaction", all.Count / (double)(store.TransactionCount - before), "");
    }

    private static async Task<List<double>> LatenciesAsync(
        SqliteStore store, int count, Func<int, (string User, long Version)> subject, Func<int, string> role)
    {
        var latencies = new List<double>(count);
        for (var n = 0; n < count; n++)
        {
            var i = Interlocked.Increment(ref _next);
            var (user, version) = subject(i);
            var commit = Shapes.Grant(user, version, role(i));
            var start = Stopwatch.GetTimestamp();
            await Shapes.MustAsync(store.CommitAsync(commit));
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    }

    private static async Task ModelAsync(BenchReport report, SqliteStore store, string where)
    {
        var (latencies, model, key) = (new List<double>(), Shapes.Bytes(200_000), Shapes.Key($"model of {where}"));
        for (var i = 0; i < 100; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await Shapes.MustAsync(store.CommitAsync(new(key, i, model) { Outbox = [new(Shapes.Tenant, [1])] }));
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        report.Add($"{where}: commit of a model of 200 KB, median", Shapes.Percentile(latencies, 0.5), "ms");
    }
}
