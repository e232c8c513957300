using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Tests.Conformance;
using AuthzCluster.Storage.Tests.Postgres;

namespace AuthzCluster.Storage.Tests.Vault;

/// <summary>A store keeps its contract while what goes into it is sealed.</summary>
public sealed class SealedSqliteConformance : ActorStoreConformance
{
    private readonly TempDirectory _directory = new();
    private SqliteStore _raw = null!;
    private SealedStore _store = null!;

    protected override IActorStore Actors => _store;

    protected override IAuditStore Audit => _store;

    public override async Task InitializeAsync()
    {
        _raw = await SqliteStore.OpenAsync(new(_directory.Path));
        var vault = new DataProtectionVault(new KeyRingFiles(Path.Combine(_directory.Path, "keys")), new());
        // As a host's first write does, alone.
        vault.Seal("first", [1]);
        _store = new SealedStore(_raw, _raw, vault, new NotedFaults());
    }

    public override async Task DisposeAsync()
    {
        await _raw.DisposeAsync();
        _directory.Dispose();
    }
}

/// <summary>Likewise.</summary>
public sealed class SealedPostgresConformance : ActorStoreConformance
{
    private PostgresStore _raw = null!;
    private SealedStore _store = null!;

    protected override IActorStore Actors => _store;

    protected override IAuditStore Audit => _store;

    public override async Task InitializeAsync()
    {
        var database = await PostgresDatabases.CreateAsync();
        _raw = new(new(database));
        var vault = new DataProtectionVault(new PostgresKeyRing(database), new());
        // As a host's first write does, alone.
        vault.Seal("first", [1]);
        _store = new SealedStore(_raw, _raw, vault, new NotedFaults());
    }

    public override async Task DisposeAsync() => await _raw.DisposeAsync();
}
