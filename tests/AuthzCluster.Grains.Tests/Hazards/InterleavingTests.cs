using AuthzCluster.Actors.Storage;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>
/// Why evaluations are declared <c>[AlwaysInterleave]</c>: what goes wrong without, then that it does not here. (What a predicate, <c>[MayInterleave]</c>, lets in
/// behind a read that waits is not the same in every version of Orleans: in some two writes at once.)
/// </summary>
public sealed class InterleavingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StoreProbe _store = new();
    private readonly ReadGate _reads = ReadGate.New();
    private BareCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await BareCluster.StartAsync(wrap: (store, _) => _reads.Around(_store.Around(store)));
        await _cluster.RoleAsync("reader", "invoices:read");
        await _cluster.RoleAsync("writer", "invoices:write");
    }

    public async Task DisposeAsync()
    {
        _store.Heal();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Read_WithoutTheAttribute_WaitsForASlowWrite()
    {
        var (grain, log) = (_cluster.Grains.GetGrain<IProbeGrain>("plain"), ProbeLog.Of("plain"));
        log.Release("read");
        var write = grain.WriteAsync("write");
        await log.BeganAsync("write");
        var read = grain.ReadAsync("read");
        await PassAsync();

        Assert.False(read.IsCompleted);
        log.Release("write");
        await Task.WhenAll(write, read).WaitAsync(Patience);
        Assert.Equal(["write begins", "write ends", "read begins", "read ends"], log.Events);
    }

    [Fact]
    public async Task Read_WithTheAttribute_InterleavesAndLetsNoTwoWritesIn()
    {
        var (grain, log) = (_cluster.Grains.GetGrain<IInterleavingProbeGrain>("interleaving"), ProbeLog.Of("interleaving"));
        var read = grain.ReadAsync("read");
        await log.BeganAsync("read");
        var first = grain.WriteAsync("write 1");
        await log.BeganAsync("write 1");
        var second = grain.WriteAsync("write 2");
        await PassAsync();
        log.Release("write 2");
        log.Release("write 1");
        await Task.WhenAll(first, second).WaitAsync(Patience);
        log.Release("read");
        await read.WaitAsync(Patience);

        Assert.Equal(["read begins", "write 1 begins", "write 1 ends", "write 2 begins", "write 2 ends", "read ends"], log.Events);
    }

    [Fact]
    public async Task Evaluate_DuringASlowWrite_AnswersFromWhatWasCommitted()
    {
        await _cluster.AssignAsync("alice", "reader");
        var (reached, proceed) = _store.HoldCommits();
        var write = _cluster.AssignAsync("alice", "writer");
        await reached.Task.WaitAsync(Patience);

        Assert.True(await _cluster.MayAsync("alice", "invoices:read").WaitAsync(Patience));
        Assert.False(await _cluster.MayAsync("alice", "invoices:write").WaitAsync(Patience));

        _store.Heal();
        proceed.SetResult();
        await write.WaitAsync(Patience);
        Assert.True(await _cluster.MayAsync("alice", "invoices:write"));
    }

    [Fact]
    public async Task Writes_WhileAnEvaluationAwaitsALoad_GoOneByOne()
    {
        await _cluster.AssignAsync("bob", "reader");
        // The silo's copy of the model is gone, and the next read of it does not come back.
        var load = _reads.Hold(ActorKey.Of(BareCluster.Tenant));
        _cluster.Silo.Ports.Cells.Raise(ActorKey.Of(BareCluster.Tenant), long.MaxValue);
        var evaluation = _cluster.MayAsync("bob", "invoices:read");
        await load.Reached.Task.WaitAsync(Patience);
        var (reached, proceed) = _store.HoldCommits();
        var bob = _cluster.Silo.Directory.Subject(BareCluster.Tenant, SubjectId.User("bob"));
        var first = bob.AssignAsync(new RoleId("writer"), new AssignmentDraft(SubjectId.User("bob")), BareCluster.Admin);
        var second = bob.RevokeAsync(new RoleId("reader"), null, BareCluster.Admin);
        await PassAsync();
        load.Proceed.SetResult();
        await evaluation.WaitAsync(Patience);
        await reached.Task.WaitAsync(Patience);
        await PassAsync();
        _store.Heal();
        proceed.SetResult();

        // Had the second come in behind the evaluation, it would have started from what the first was about to change.
        BareCluster.Ok(await first.WaitAsync(Patience));
        BareCluster.Ok(await second.WaitAsync(Patience));
        Assert.False(await _cluster.MayAsync("bob", "invoices:read"));
        Assert.True(await _cluster.MayAsync("bob", "invoices:write"));
    }

    // What was sent before has arrived: a call that was sent after it was there and is back.
    private Task PassAsync() => _cluster.Grains.GetGrain<INodeGrain>(0).ReadHealthAsync();
}
