using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Postgres.Leases;

namespace AuthzCluster.Storage.Tests.Leases;

/// <summary>A server that goes away, comes again, or hangs.</summary>
public sealed class LeaseOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    private readonly PostgresServer _server = new();
    private readonly Guid _id = Guid.NewGuid();
    private PostgresLeases _table = null!;

    public async Task InitializeAsync()
    {
        var database = _server.CreateDatabase();
        await PostgresMigrator.MigrateAsync(database, "s", "c");
        _table = new PostgresLeases(database);
        await _table.InsertAsync(_id, "a", Duration);
    }

    public async Task DisposeAsync()
    {
        await _table.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task IsHeld_ServerRestartedSinceTheLastRead_IsAnsweredAtOnce()
    {
        Assert.True(await _table.IsHeldAsync(_id));
        _server.StopAtOnce();
        _server.Start();

        Assert.True(await _table.IsHeldAsync(_id));
    }

    [Fact]
    public async Task Use_ServerDown_IsUnavailableAndWorksOnceItIsBack()
    {
        _server.StopAtOnce();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _table.IsHeldAsync(_id));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _table.FenceAsync(_id, _id));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _table.InsertAsync(Guid.NewGuid(), "b", Duration));

        _server.Start();
        Assert.Equal(_id, Assert.Single(await _table.ListAsync()).Id);
    }

    [Fact]
    public async Task Use_ServerHangs_GivesUpByItself()
    {
        _server.Pause();
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _table.IsHeldAsync(_id));
        }
        finally
        {
            _server.Resume();
        }

        Assert.True(await _table.IsHeldAsync(_id));
    }
}
