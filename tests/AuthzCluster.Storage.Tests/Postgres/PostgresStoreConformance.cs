using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Tests.Conformance;

namespace AuthzCluster.Storage.Tests.Postgres;

public sealed class PostgresStoreConformance : ActorStoreConformance
{
    private PostgresStore _store = null!;

    protected override IActorStore Actors => _store;

    protected override IAuditStore Audit => _store;

    public override async Task InitializeAsync() => _store = new(new(await PostgresDatabases.CreateAsync()));

    public override async Task DisposeAsync() => await _store.DisposeAsync();
}
