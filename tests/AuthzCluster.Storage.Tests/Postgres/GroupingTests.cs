using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Postgres;
using Npgsql;

namespace AuthzCluster.Storage.Tests.Postgres;

public sealed class GroupingTests : IAsyncLifetime
{
    private static readonly TenantId Acme = new("acme");

    private string _database = null!;
    private PostgresStore _store = null!;

    public async Task InitializeAsync()
    {
        _database = await PostgresDatabases.CreateAsync();
        _store = new(new(_database) { Writers = 1, MaxStateBytes = 100 });
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Commit_ManyWaiting_ShareATransaction()
    {
        var before = _store.TransactionCount;
        var outcomes = await CommitTogetherAsync([.. Enumerable.Range(0, 100).Select(i => New($"u{i}"))]);

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        // The one that they waited for, and they.
        Assert.Equal(2, _store.TransactionCount - before);
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
    public async Task Commit_OneThatTheDatabaseCannotTake_FailsAlone()
    {
        // No id is so long; a row of an index has no room for it.
        var random = new Random(1);
        var tenant = new TenantId(string.Concat(Enumerable.Range(0, 4000).Select(_ => (char)random.Next('!', '~'))));
        var tasks = await StartTogetherAsync([New("a"), New("b") with { Outbox = [new(tenant, [1])] }, New("c")]);

        Assert.Equal(CommitOutcome.Committed, await tasks[0]);
        Assert.Equal(CommitOutcome.Committed, await tasks[2]);
        Assert.True((await Assert.ThrowsAsync<StoreUnavailableException>(() => tasks[1])).IsOutcomeKnown);
        Assert.Null(_store.WriteProblem);
        Assert.Equal(2, await _store.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", default));
    }

    [Fact]
    public async Task Commit_UnfitToStore_IsRefusedAtTheDoor()
    {
        var lone = new IndexRow(Acme, IndexNames.RoleHolders, "viewer", "\ud800");

        Assert.Equal(CommitOutcome.TooLarge, await _store.CommitAsync(New("a") with { State = new byte[101] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _store.CommitAsync(New("a") with { Adds = [lone] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _store.CommitAsync(New("a") with { Adds = [lone with { Member = "a\0" }] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _store.CommitAsync(New("a") with { Removes = [lone with { Index = "x" }] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _store.ReadIndexAsync(Acme, "x", "viewer", null, 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _store.ReadIndexAsync(Acme, IndexNames.Due, "", null, 0));
        Assert.Equal(0, _store.TransactionCount);
    }

    [Fact]
    public async Task Commit_DatabaseWorksTooLong_IsUndoneAndKnownToBe()
    {
        await using var store = new PostgresStore(new(_database) { CommandTimeout = TimeSpan.FromMilliseconds(200) });
        await store.CommitAsync(New("a"));
        await using (await HoldAsync())
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(New("b")));
            Assert.True(failure.IsOutcomeKnown);
            Assert.NotNull(store.WriteProblem);
            Assert.Equal(1, (await store.ReadAsync(Key("a")))!.Version);
        }

        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(New("b")));
        Assert.Null(store.WriteProblem);
    }

    [Fact]
    public async Task Use_AfterDispose_IsUnavailableWithKnownOutcome()
    {
        await _store.CommitAsync(New("a"));
        await _store.DisposeAsync();
        await _store.DisposeAsync();

        var write = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _store.CommitAsync(New("b")));
        var read = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _store.ReadAsync(Key("a")));
        Assert.True(write.IsOutcomeKnown && read.IsOutcomeKnown);
    }

    private static ActorKey Key(string user) => ActorKey.Of(Acme, SubjectId.User(user));

    private static Commit New(string user) => new(Key(user), 0, [1]) { Adds = [new(Acme, IndexNames.RoleHolders, "viewer", user)] };

    private async Task<CommitOutcome[]> CommitTogetherAsync(Commit[] commits) => await Task.WhenAll(await StartTogetherAsync(commits));

    /// <summary>Holds the one writer up with a commit of another tenant until all of them wait.</summary>
    private async Task<Task<CommitOutcome>[]> StartTogetherAsync(Commit[] commits)
    {
        await using var hold = await HoldAsync();
        var first = _store.CommitAsync(new(ActorKey.Of(new TenantId("first")), 0, [1])).AsTask();
        var tasks = commits.Select(commit => _store.CommitAsync(commit).AsTask()).ToArray();
        await hold.DisposeAsync();
        await first;
        return tasks;
    }

    private async Task<NpgsqlConnection> HoldAsync()
    {
        var connection = new NpgsqlConnection(_database + ";Pooling=false");
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE authz.actor IN EXCLUSIVE MODE", connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }
}
