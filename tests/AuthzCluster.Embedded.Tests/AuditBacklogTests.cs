using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using System.Threading.Channels;

namespace AuthzCluster.Embedded.Tests;

/// <summary>What waits for the audit logs is bounded, by tenant, and shown.</summary>
public sealed class AuditBacklogTests : IDisposable
{
    private static readonly TenantId Acme = new("acme"), Other = new("other");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("authz-backlog-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Commit_TooMuchOfTheTenantWaits_IsRefusedUntilItDoesNot()
    {
        await using var sqlite = await SqliteStore.OpenAsync(new SqliteStoreOptions(_directory.FullName));
        var faults = new FaultLog(NullLogger.Instance, TimeProvider.System);
        var watch = new AuditBacklogWatch(sqlite, _ => { }, faults, TimeProvider.System);
        var store = new NodeStore(_ => { }, watch.IsFull, faults, TimeProvider.System);
        store.Open(sqlite, sqlite, NoVault.Instance);
        await watch.LookAsync();
        Assert.Equal((0, null), (watch.Rows, watch.Problem));

        await CommitAsync("a", Acme, (int)AuditBacklogWatch.Most - 1);
        await watch.LookAsync();
        Assert.NotNull(watch.Problem);
        await CommitAsync("b", Acme, 1);
        await watch.LookAsync();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync("c", Acme, 1));
        Assert.True(refused.IsOutcomeKnown);
        await CommitAsync("c", Acme, 0);
        await CommitAsync("d", Other, 1);
        var pending = await sqlite.ReadOutboxAsync(Acme, 2);
        Assert.True(await sqlite.AppendAsync(Acme, [], [.. pending.Select(row => row.Position)]));
        await watch.LookAsync();
        await CommitAsync("e", Acme, 1);
        Assert.Equal(AuditBacklogWatch.Most - 2 + 1, watch.Rows);

        async Task CommitAsync(string subject, TenantId tenant, int records) => Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(
            new Commit(ActorKey.Of(tenant, SubjectId.User(subject)), 0, [1]) { Outbox = [.. Enumerable.Range(0, records).Select(_ => new OutboxRow(tenant, [1]))] }));
    }

    [Fact]
    public async Task Run_WhatWaits_IsHandedOverByWhoseTurnItIs()
    {
        await using var sqlite = await SqliteStore.OpenAsync(new SqliteStoreOptions(_directory.FullName));
        var commit = new Commit(ActorKey.Of(Acme, SubjectId.User("a")), 0, [1]) { Outbox = [new OutboxRow(Acme, [1])] };
        Assert.Equal(CommitOutcome.Committed, await sqlite.CommitAsync(commit));
        var (time, found, looks, early) = (new ManualTimeProvider(DateTimeOffset.UnixEpoch), Channel.CreateUnbounded<TenantId>(), new SemaphoreSlim(0), 0);
        var watch = new AuditBacklogWatch(sqlite, tenant => found.Writer.TryWrite(tenant), new FaultLog(NullLogger.Instance, time), time);
        using var stop = new CancellationTokenSource();
        var isMine = false;
        var running = watch.RunAsync(
            () =>
            {
                (early, var answer) = (found.Reader.Count, isMine);
                looks.Release();
                return answer;
            },
            stop.Token);

        time.Advance(TimeSpan.FromMilliseconds(500));
        await looks.WaitAsync();
        isMine = true;
        time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(Acme, await found.Reader.ReadAsync());
        Assert.Equal(0, early);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
