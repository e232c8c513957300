using AuthzCluster.Testing;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Storage.Tests.Sqlite;

public sealed class FullDiskTests
{
    private static readonly TenantId Acme = new("acme");

    [MountFact]
    public async Task Commit_DiskFull_IsUnavailableWhileReadsGoOnAndRecoversWithTheDisk()
    {
        using var disk = new Tmpfs(8);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[3 << 20]);
        await using var store = await SqliteStore.OpenAsync(new(disk.Path) { ProbeInterval = TimeSpan.FromHours(1) });

        var (written, failure) = await FillAsync(store);

        Assert.True(failure.IsOutcomeKnown);
        Assert.NotNull(store.WriteProblem);
        await AssertHasExactlyAsync(store, written);

        File.Delete(ballast);
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(New(written)));
        Assert.Null(store.WriteProblem);
        await AssertHasExactlyAsync(store, written + 1);
    }

    [MountFact]
    public async Task WriteProblem_SpaceIsBackAndNobodyWrites_GoesAway()
    {
        using var disk = new Tmpfs(8);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[3 << 20]);
        await using var store = await SqliteStore.OpenAsync(new(disk.Path) { ProbeInterval = TimeSpan.FromMilliseconds(1) });
        await FillAsync(store);

        File.Delete(ballast);

        Assert.True(SpinWait.SpinUntil(() => store.WriteProblem is null, TimeSpan.FromMinutes(1)));
    }

    [MountFact]
    public async Task Open_DiskFull_StillReads()
    {
        using var disk = new Tmpfs(8);
        int written;
        await using (var store = await SqliteStore.OpenAsync(new(disk.Path)))
        {
            (written, _) = await FillAsync(store);
        }

        await File.WriteAllBytesAsync(Path.Combine(disk.Path, "ballast"), []);
        await using var again = await SqliteStore.OpenAsync(new(disk.Path));
        await AssertHasExactlyAsync(again, written);
    }

    private static Commit New(int i) => new(Key(i), 0, new byte[50_000])
    {
        Adds = [new(Acme, IndexNames.RoleHolders, "viewer", $"{i:d5}")],
        Outbox = [new(Acme, [1])],
    };

    private static ActorKey Key(int i) => ActorKey.Of(Acme, SubjectId.User($"{i}"));

    private static async Task<(int Written, StoreUnavailableException Failure)> FillAsync(SqliteStore store)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(New(i)));
            }
            catch (StoreUnavailableException failure)
            {
                return (i, failure);
            }
        }
    }

    private static async Task AssertHasExactlyAsync(SqliteStore store, int count)
    {
        Assert.Equal(count, (await store.ReadManyAsync([.. Enumerable.Range(0, count + 10).Select(Key)])).Count);
        Assert.Equal(count, await store.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", default));
        Assert.Equal(count, (await store.ReadIndexAsync(Acme, IndexNames.RoleHolders, "viewer", null, 10_000)).Count);
        Assert.Equal(count, (await store.ReadOutboxAsync(Acme, 10_000)).Count);
    }
}
