using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>The storage of the one silo that is measured: a SQLite file.</summary>
internal sealed class SqliteNodeStorage(string data) : INodeStorage
{
    private SqliteStore? _store;

    public IActorStore States => _store!;

    public IAuditStore Audit => _store!;

    public IVault Vault { get; } = new DataProtectionVault(new KeyRingFiles(Path.Combine(data, KeyRingFiles.DirectoryName)), new VaultOptions());

    public ILeaseTable Leases { get; } = new MemoryLeases();

    public string? WriteProblem => _store!.WriteProblem;

    public async Task OpenAsync(CancellationToken stop) => _store = await SqliteStore.OpenAsync(new SqliteStoreOptions(data));

    public ValueTask<byte[]> ReadPageTokenKeyAsync() => new(new byte[32]);

    public async Task CloseAsync() => await _store!.DisposeAsync();
}
