using System.Diagnostics;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Benchmarks.Storage;

/// <summary>
/// The store under a big tenant: 1,000,000 subjects with three assignments each, a role with 100,000 holders, a model of
/// 200 KB as one row. What is loaded is loaded by commits like those of production.
/// </summary>
public static class StorageBench
{
    public static async Task RunAsync(BenchReport report)
    {
        var directory = Directory.CreateTempSubdirectory("authz-bench-").FullName;
        try
        {
            await RunAsync(report, directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task RunAsync(BenchReport report, string directory)
    {
        await using (var store = await SqliteStore.OpenAsync(new(directory)))
        {
            await SmallAsync(report, store);
            await LoadAsync(report, store);
            await MeasureReads.RunAsync(report, store);
            await MeasureWrites.RunAsync(report, store, "1,000,000 subjects");
        }

        var files = new DirectoryInfo(directory).GetFiles("authz.db*").Sum(file => file.Length);
        report.Add("database of 1,000,000 subjects x 3 assignments", files / 1048576.0, "MiB");
        var watch = Stopwatch.StartNew();
        await using var again = await SqliteStore.OpenAsync(new(directory));
        report.Add("open it again", watch.Elapsed.TotalMilliseconds, "ms");
    }

    private static Task SmallAsync(BenchReport report, SqliteStore store) => MeasureWrites.RunAsync(report, store, "empty store");

    private static async Task LoadAsync(BenchReport report, SqliteStore store)
    {
        await store.CommitAsync(new(ActorKey.Of(Shapes.Tenant), 0, Shapes.Bytes(200_000)) { Adds = [.. Shapes.AssignableRoles()] });
        var before = store.TransactionCount;
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Shapes.Subjects, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, _) =>
            await Shapes.MustAsync(store.CommitAsync(Shapes.Subject(i))));
        report.Add("load: subjects/s, 512 at once", Shapes.Subjects / watch.Elapsed.TotalSeconds, "1/s");
        report.Add("load: commits that share a transaction", Shapes.Subjects / (double)(store.TransactionCount - before), "");
        report.Add("peak resident memory after the load", Shapes.PeakMemory(), "MiB", atMost: 400);
    }
}
