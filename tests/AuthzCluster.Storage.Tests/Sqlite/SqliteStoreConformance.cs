using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Tests.Conformance;

namespace AuthzCluster.Storage.Tests.Sqlite;

public sealed class SqliteStoreConformance : ActorStoreConformance
{
    private readonly TempDirectory _directory = new();
    private SqliteStore _store = null!;

    protected override IActorStore Actors => _store;

    protected override IAuditStore Audit => _store;

    public override async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(new(_directory.Path));

    public override async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }
}
