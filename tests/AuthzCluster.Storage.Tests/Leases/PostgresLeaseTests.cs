using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres.Leases;
using AuthzCluster.Storage.Tests.Postgres;

namespace AuthzCluster.Storage.Tests.Leases;

public sealed class PostgresLeaseTests : LeaseTableConformance, IAsyncLifetime
{
    private PostgresLeases? _table;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_table?.DisposeAsync() ?? default);

    protected override async Task<ILeaseTable> OpenAsync() => _table = new PostgresLeases(await PostgresDatabases.CreateAsync());

    [Fact]
    public async Task Insert_SameIdAgain_IsRefused()
    {
        var table = await OpenAsync();
        var id = await InsertAsync(table, "a");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.InsertAsync(id, "b", Duration));
        Assert.True(refusal.IsOutcomeKnown);
        Assert.True(await table.IsHeldAsync(id));
    }

    [Fact]
    public async Task Use_AfterDispose_IsUnavailable()
    {
        var table = await OpenAsync();
        await DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.ListAsync());
    }
}
