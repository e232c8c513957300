using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Postgres.Leases;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;

namespace AuthzCluster.TestingHost.Storage;

/// <summary>The store of a test cluster: opened before its silos, closed behind them.</summary>
internal sealed class OpenStorage(IActorStore states, IAuditStore audit, ILeaseTable leases, Func<string?> writeProblem, Func<Task> close)
{
    private const string Memory = "/dev/shm", Cluster = "authz-test";

    public IActorStore States => states;

    public IAuditStore Audit => audit;

    public ILeaseTable Leases => leases;

    public string? WriteProblem => writeProblem();

    public Task CloseAsync() => close();

    public static async Task<OpenStorage> MemoryAsync()
    {
        var parent = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        var directory = Directory.CreateDirectory(Path.Combine(parent, $"authz-test-{Guid.NewGuid():n}"));
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(directory.FullName));
        return new OpenStorage(store, store, new MemoryLeases(), () => store.WriteProblem, async () =>
        {
            await store.DisposeAsync();
            directory.Delete(recursive: true);
        });
    }

    public static async Task<OpenStorage> PostgresAsync(string connectionString)
    {
        await PostgresMigrator.MigrateAsync(connectionString, Cluster, Cluster);
        var store = new PostgresStore(new PostgresStoreOptions(connectionString));
        var leases = new PostgresLeases(connectionString);
        return new OpenStorage(store, store, leases, () => store.WriteProblem, async () =>
        {
            await leases.DisposeAsync();
            await store.DisposeAsync();
        });
    }
}
