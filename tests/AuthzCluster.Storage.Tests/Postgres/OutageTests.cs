using System.Collections.Concurrent;
using System.Globalization;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Postgres;

namespace AuthzCluster.Storage.Tests.Postgres;

/// <summary>A server that is not there, goes away in the middle of the load, and comes again.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TenantId Acme = new("acme");

    private readonly PostgresServer _server = new();
    private string _database = null!;

    public async Task InitializeAsync()
    {
        _database = _server.CreateDatabase();
        await PostgresMigrator.MigrateAsync(_database, "s", "c");
    }

    public Task DisposeAsync()
    {
        _server.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Use_DownAtTheStart_IsUnavailableAndRecoversByItself()
    {
        _server.StopAtOnce();
        await using var store = new PostgresStore(new(_database));

        var write = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(New("alice")));
        var read = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.ReadAsync(Key("alice")));
        Assert.True(write.IsOutcomeKnown && read.IsOutcomeKnown);
        Assert.Contains("cannot be reached", store.WriteProblem, StringComparison.Ordinal);

        _server.Start();
        await UntilAsync(() => store.WriteProblem is null);
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(New("alice")));
        Assert.NotNull(await store.ReadAsync(Key("alice")));
    }

    [Fact]
    public async Task Use_StoppedAndStartedWhileNobodyAsks_ReadsAndWritesGoOn()
    {
        await using var store = new PostgresStore(new(_database));
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(New("alice")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await store.ReadAsync(Key("alice"))));

        _server.StopAtOnce();
        _server.Start();

        Assert.NotNull(await store.ReadAsync(Key("alice")));
        while (store.WriteProblem is not null || await TryAsync(store, "bob") is null)
        {
            await Task.Yield();
        }

        Assert.NotNull(await store.ReadAsync(Key("bob")));
    }

    [Fact]
    public async Task Commit_ServerKilledUnderLoad_LosesNothingAcknowledgedAndLeavesNothingHalf()
    {
        var (acknowledged, next) = (new ConcurrentBag<string>(), 0);
        await using (var store = new PostgresStore(new(_database)))
        {
            for (var round = 0; round < 3; round++)
            {
                var target = acknowledged.Count + 500;
                var enough = new TaskCompletionSource();
                var writers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
                {
                    while (true)
                    {
                        var id = Interlocked.Increment(ref next).ToString(CultureInfo.InvariantCulture);
                        if (await TryAsync(store, id) is not CommitOutcome.Committed)
                        {
                            return;
                        }

                        acknowledged.Add(id);
                        if (acknowledged.Count >= target)
                        {
                            enough.TrySetResult();
                        }
                    }
                })).ToList();
                await enough.Task;
                _server.StopAtOnce();
                await Task.WhenAll(writers);
                _server.Start();
                await UntilAsync(() => store.WriteProblem is null);
            }
        }

        await using var after = new PostgresStore(new(_database));
        var rows = await after.ReadIndexAsync(Acme, IndexNames.RoleHolders, "viewer", null, int.MaxValue);
        var members = rows.Select(row => row.Member).ToHashSet();
        Assert.Empty(acknowledged.Except(members));
        Assert.Equal(members.Count, await after.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", DateTimeOffset.UnixEpoch));
        Assert.Equal(members.Count, (await after.ReadManyAsync([.. members.Select(Key)])).Count);
        Assert.Equal(members.Count, await OutboxAsync(after));
        var requests = await Task.WhenAll(Enumerable.Range(1, next).Select(async i => await after.ReadRequestAsync(Acme, $"{i}")));
        Assert.Equal(members.Order(), requests.Where(mark => mark is not null).Select(mark => mark!.Id).Order());
    }

    private static ActorKey Key(string id) => ActorKey.Of(Acme, SubjectId.User(id));

    private static Commit New(string id) => new(Key(id), 0, new byte[300])
    {
        Adds = [new(Acme, IndexNames.RoleHolders, "viewer", id), new(IndexNames.Everywhere, IndexNames.Due, "", Key(id).Value, DateTimeOffset.UnixEpoch)],
        Outbox = [new(Acme, [1])],
        Request = new(Acme, id, [1], [2], DateTimeOffset.UnixEpoch),
    };

    private static async Task<CommitOutcome?> TryAsync(PostgresStore store, string id)
    {
        try
        {
            return await store.CommitAsync(New(id));
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    // What is read at once is bounded, so it is taken off as the log's actor would.
    private static async Task<int> OutboxAsync(PostgresStore store)
    {
        var count = 0;
        while (await store.ReadOutboxAsync(Acme, 10_000) is { Count: > 0 } pending)
        {
            Assert.True(await store.AppendAsync(Acme, [], [.. pending.Select(row => row.Position)]));
            count += pending.Count;
        }

        return count;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
