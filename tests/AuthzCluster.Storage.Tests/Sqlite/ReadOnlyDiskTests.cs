using AuthzCluster.Testing;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Tests.Processes;

namespace AuthzCluster.Storage.Tests.Sqlite;

public sealed class ReadOnlyDiskTests : IDisposable
{
    private static readonly ActorKey Key = ActorKey.Of(new TenantId("acme"));

    private readonly TempDirectory _directory = new();

    public void Dispose()
    {
        Freeze(false);
        _directory.Dispose();
    }

    [ImmutableFact]
    public async Task Commit_DiskTurnsReadOnly_IsUnavailableWhileReadsGoOnAndRecovers()
    {
        await using var store = await SqliteStore.OpenAsync(new(_directory.Path));
        await store.CommitAsync(new(Key, 0, [1]));

        Freeze(true);
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(new(Key, 1, [2])));
            Assert.NotNull(store.WriteProblem);
            Assert.Equal([1], (await store.ReadAsync(Key))!.State);
        }

        Freeze(false);
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(new(Key, 1, [2])));
        Assert.Null(store.WriteProblem);
        Assert.Equal(2, (await store.ReadAsync(Key))!.Version);
    }

    [ImmutableFact]
    public async Task Open_FileCannotBeWritten_IsRefused()
    {
        await (await SqliteStore.OpenAsync(new(_directory.Path))).DisposeAsync();
        Freeze(true);

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => SqliteStore.OpenAsync(new(_directory.Path)));
        Assert.Contains("cannot be opened for writing", refusal.Message, StringComparison.Ordinal);
    }

    private void Freeze(bool on)
    {
        foreach (var file in Directory.GetFiles(_directory.Path, "authz.db*"))
        {
            Tool.Run("chattr", on ? "+i" : "-i", file);
        }
    }
}
