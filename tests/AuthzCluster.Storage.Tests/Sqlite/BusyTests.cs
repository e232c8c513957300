using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Tests.Sqlite;

public sealed class BusyTests : IDisposable
{
    private static readonly ActorKey Key = ActorKey.Of(new TenantId("acme"));

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Commit_LockedByAnotherProgram_IsUnavailableUntilItIsNot()
    {
        await using var store = await SqliteStore.OpenAsync(new(_directory.Path) { BusyTimeout = TimeSpan.FromMilliseconds(1) });
        await store.CommitAsync(new(Key, 0, [1]));
        using (var other = Db.OpenToWrite(_directory.Database))
        {
            other.Execute("BEGIN IMMEDIATE");

            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(new(Key, 1, [2])));

            Assert.True(failure.IsOutcomeKnown);
            Assert.Contains("locked", store.WriteProblem, StringComparison.Ordinal);
            Assert.Equal([1], (await store.ReadAsync(Key))!.State);
        }

        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(new(Key, 1, [2])));
        Assert.Null(store.WriteProblem);
    }
}
