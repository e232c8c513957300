using AuthzCluster.Benchmarks.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Postgres;

/// <summary>
/// A commit of an assignment (state, three index rows, requirement, outbox row) beside a bare upsert of one row, on the
/// same server with fsync on: alone, and 64 writers at once, of many roles and all of one.
/// </summary>
public static class PostgresBench
{
    private const int Writers = 64, Rounds = 5, Alone = 1000, Each = 150;

    private static int _next;

    public static async Task RunAsync(BenchReport report)
    {
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        await PostgresMigrator.MigrateAsync(database, "bench", "bench");
        await using var store = new PostgresStore(new(database));
        await Shapes.MustAsync(store.CommitAsync(new(Shapes.Key("roles"), 0, [1]) { Adds = [.. Shapes.AssignableRoles()] }));
        await using var bare = await BareUpserts.OpenAsync(database, Writers);
        Task Bare(int caller, int i) => bare.UpsertAsync(caller, Shapes.Key($"new-{Interlocked.Increment(ref _next)}").Value);
        Task Commit(string? role) => GrantAsync(store, role);

        await Measure.RateAsync(Writers, Each, Bare);
        await Measure.RateAsync(Writers, Each, (_, _) => Commit(null));
        var alone = (Bare: new List<double>(), Ours: new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Bare.Add(await Measure.MedianMillisecondsAsync(i => Bare(0, i), Alone));
            alone.Ours.Add(await Measure.MedianMillisecondsAsync(_ => Commit(null), Alone));
        }
        report.Add("bare upsert alone, median", Median(alone.Bare), "ms");
        report.Add("commit alone, median", Median(alone.Ours), "ms");
        report.Add("commit alone by bare upsert alone", Median(alone.Ours) / Median(alone.Bare), "x", atMost: 3);

        var together = (Bare: new List<double>(), Many: new List<double>(), One: new List<double>());
        var transactions = store.TransactionCount;
        for (var round = 0; round < Rounds; round++)
        {
            together.Bare.Add(await Measure.RateAsync(Writers, Each, Bare));
            together.Many.Add(await Measure.RateAsync(Writers, Each, (_, _) => Commit(null)));
            together.One.Add(await Measure.RateAsync(Writers, Each, (_, _) => Commit(Shapes.BigRole)));
        }
        report.Add("64 writers: bare upserts/s", Median(together.Bare), "1/s");
        report.Add("64 writers, many roles: commits/s", Median(together.Many), "1/s");
        report.Add("64 writers, one role: commits/s", Median(together.One), "1/s");
        report.Add("64 writers: commits that share a transaction", 2.0 * Rounds * Writers * Each / (store.TransactionCount - transactions), "");
        report.Add("64 writers, many roles: part of bare upserts/s", 100 * Median(together.Many) / Median(together.Bare), "%", atLeast: 50);
        report.Add("64 writers, one role: part of bare upserts/s", 100 * Median(together.One) / Median(together.Bare), "%", atLeast: 50);
    }

    private static Task GrantAsync(PostgresStore store, string? role)
    {
        var i = Interlocked.Increment(ref _next);
        return Shapes.MustAsync(store.CommitAsync(Shapes.Grant($"new-{i}", 0, role ?? Shapes.RoleId(i))));
    }

    private static double Median(List<double> values) => Shapes.Percentile(values, 0.5);
}
