using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Tests.Sqlite;

public sealed class GroupingTests : IAsyncLifetime
{
    private static readonly TenantId Acme = new("acme");

    private readonly TempDirectory _directory = new();
    private SqliteStore _store = null!;

    public async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(new(_directory.Path) { BusyTimeout = TimeSpan.FromMinutes(1) });

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Commit_ManyWaiting_ShareATransaction()
    {
        var outcomes = await CommitTogetherAsync([.. Enumerable.Range(0, 100).Select(i => New($"u{i}"))]);

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        // What came first may have gone alone.
        Assert.InRange(_store.TransactionCount, 1, 2);
        Assert.Equal(100, await _store.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", default));
    }

    [Fact]
    public async Task Commit_SomeOfAGroupRefused_DoNotSpoilTheirNeighbours()
    {
        await _store.CommitAsync(New("taken"));
        var requirement = new IndexRow(Acme, IndexNames.AssignableRoles, "gone", "");
        Commit[] commits =
        [
            New("a"), New("taken"), New("b"), New("c") with { Requires = [requirement] }, New("d"), New("a"),
            New("e") with { Adds = [requirement] }, New("f") with { Requires = [requirement] },
        ];

        var outcomes = await CommitTogetherAsync(commits);

        const CommitOutcome done = CommitOutcome.Committed, stale = CommitOutcome.VersionConflict, missing = CommitOutcome.RequirementMissing;
        Assert.Equal([done, stale, done, missing, done, stale, done, done], outcomes);
        var rows = await _store.ReadIndexAsync(Acme, IndexNames.RoleHolders, "viewer", null, 10);
        Assert.Equal(["a", "b", "d", "f", "taken"], rows.Select(row => row.Member));
        Assert.Equal(5, await _store.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", default));
    }

    [Fact]
    public async Task Commit_UnfitToStore_IsRefusedAtTheDoor()
    {
        await using var store = await SqliteStore.OpenAsync(new(Path.Combine(_directory.Path, "small")) { MaxStateBytes = 100 });
        var lone = new IndexRow(Acme, IndexNames.RoleHolders, "viewer", "\ud800");

        Assert.Equal(CommitOutcome.TooLarge, await store.CommitAsync(New("a") with { State = new byte[101] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.CommitAsync(New("a") with { Adds = [lone] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.CommitAsync(New("a") with { Removes = [lone with { Index = "x" }] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReadIndexAsync(Acme, "x", "viewer", null, 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReadIndexAsync(Acme, IndexNames.Due, "\ud800", null, 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReadIndexAsync(Acme, IndexNames.Due, "", null, 0));
        Assert.Null(store.WriteProblem);
        Assert.Equal(0, store.TransactionCount);
        var kept = new RequestMark(Acme, "r", [], [], DateTimeOffset.UnixEpoch);
        Assert.Equal(CommitOutcome.TooLarge, await store.CommitAsync(New("a") with { State = new byte[101], Request = kept }));
        await store.KeepRequestAsync(kept);
        Assert.Equal(CommitOutcome.Repeated, await store.CommitAsync(New("a") with { State = new byte[101], Request = kept }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.CommitAsync(New("a") with { Request = kept with { Id = "\ud800" } }));
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(New("a")));
        Assert.Single(await store.ReadIndexAsync(Acme, IndexNames.RoleHolders, "viewer", null, 1));
    }

    private static Commit New(string user) =>
        new(ActorKey.Of(Acme, SubjectId.User(user)), 0, [1]) { Adds = [new(Acme, IndexNames.RoleHolders, "viewer", user)] };

    /// <summary>Holds the database locked until all of them wait.</summary>
    private async Task<CommitOutcome[]> CommitTogetherAsync(Commit[] commits)
    {
        using var holder = Db.OpenToWrite(_directory.Database);
        holder.Execute("BEGIN IMMEDIATE");
        var all = Task.WhenAll(commits.Select(commit => _store.CommitAsync(commit).AsTask()));
        holder.Execute("ROLLBACK");
        return await all;
    }
}
