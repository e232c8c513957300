using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Benchmarks.Engine;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Storage;

/// <summary>What sealing costs: bytes of a subject and of a large model, and commits of an assignment with it and without, in turns.</summary>
public static class VaultBench
{
    private const int Rounds = 5, Alone = 300, Writers = 64, Each = 40;

    private static int _next;

    public static async Task RunAsync(BenchReport report)
    {
        using var directory = new TemporaryDirectory();
        var vault = new DataProtectionVault(new KeyRingFiles(Path.Combine(directory.Path, KeyRingFiles.DirectoryName)), new VaultOptions());
        MeasureBytes(report, vault, "a subject's 600 bytes", Shapes.Bytes(600), 2000);
        MeasureBytes(report, vault, "a model of 100,000 roles", TenantModelCodec.Encode(BenchModels.Chains(20_000, 5, 3)), 10);
        await using (var sqlite = await SqliteStore.OpenAsync(new(directory.Path)))
        {
            await CommitAsync(report, "SQLite", sqlite, sqlite, vault);
        }
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        await PostgresMigrator.MigrateAsync(database, "bench", "bench");
        await using var postgres = new PostgresStore(new(database));
        await CommitAsync(report, "PostgreSQL", postgres, postgres, new DataProtectionVault(new PostgresKeyRing(database), new VaultOptions()));
    }

    private static void MeasureBytes(BenchReport report, DataProtectionVault vault, string what, byte[] bytes, int times)
    {
        var place = VaultPlaces.State(Shapes.Key("alice"));
        var kept = vault.Seal(place, bytes);
        report.Add($"{what}: stored in clear", bytes.Length, "bytes");
        report.Add($"{what}: more when sealed", kept.Length - bytes.Length, "bytes");
        report.Add($"{what}: seal", Measure.PerCall(count => Repeat(count, () => vault.Seal(place, bytes)), times).Nanoseconds / 1000, "µs");
        report.Add($"{what}: open", Measure.PerCall(count => Repeat(count, () => vault.Open(place, kept)), times).Nanoseconds / 1000, "µs");
    }

    private static void Repeat(int count, Action action)
    {
        for (var i = 0; i < count; i++)
        {
            action();
        }
    }

    // State, three index rows, an outbox row and a kept request.
    private static async Task CommitAsync(BenchReport report, string where, IActorStore states, IAuditStore audit, IVault vault)
    {
        await Shapes.MustAsync(states.CommitAsync(new(Shapes.Key("roles"), 0, [1]) { Adds = [.. Shapes.AssignableRoles()] }));
        var (clear, locked) = (new SealedStore(states, audit, NoVault.Instance, new NoFaults()), new SealedStore(states, audit, vault, new NoFaults()));
        await Measure.RateAsync(Writers, Each, (_, _) => GrantAsync(clear));
        await Measure.RateAsync(Writers, Each, (_, _) => GrantAsync(locked));
        var (alone, together) = ((Clear: new List<double>(), Sealed: new List<double>()), (Clear: new List<double>(), Sealed: new List<double>()));
        for (var round = 0; round < Rounds; round++)
        {
            alone.Clear.Add(await Measure.MedianMillisecondsAsync(_ => GrantAsync(clear), Alone));
            alone.Sealed.Add(await Measure.MedianMillisecondsAsync(_ => GrantAsync(locked), Alone));
            together.Clear.Add(await Measure.RateAsync(Writers, Each, (_, _) => GrantAsync(clear)));
            together.Sealed.Add(await Measure.RateAsync(Writers, Each, (_, _) => GrantAsync(locked)));
        }
        report.Add($"{where}: an assignment's commit alone, in clear", Shapes.Percentile(alone.Clear, 0.5), "ms");
        report.Add($"{where}: an assignment's commit alone, sealed", Shapes.Percentile(alone.Sealed, 0.5), "ms");
        report.Add($"{where}: 64 writers, in clear", Shapes.Percentile(together.Clear, 0.5), "commits/s");
        report.Add($"{where}: 64 writers, sealed", Shapes.Percentile(together.Sealed, 0.5), "commits/s");
    }

    private static Task GrantAsync(SealedStore store)
    {
        var i = Interlocked.Increment(ref _next);
        var mark = new RequestMark(Shapes.Tenant, $"request-{i}", Shapes.Bytes(32), Shapes.Bytes(300), DateTimeOffset.UnixEpoch.AddDays(25_000));
        return Shapes.MustAsync(store.CommitAsync(Shapes.Grant($"new-{i}", 0, Shapes.RoleId(i)) with { Request = mark }));
    }

    private sealed class NoFaults : IFaultLog
    {
        public void Report(string what, Exception cause)
        {
        }
    }
}
