using Microsoft.Extensions.Logging.Abstractions;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Embedded.Activation;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;

namespace AuthzCluster.Embedded.Tests.Activation;

/// <summary>However actors come and go, there is one of each that works, and not too many.</summary>
public sealed class SlotTests() : HostSuite(new EmbeddedFixture())
{
    private static readonly SubjectId Alice = SubjectId.User("alice");

    private ActorDirectory Directory => ((EmbeddedFixture)Host).Node.Directory;

    [Fact]
    public async Task Evict_TurnUnderWay_WhoAsksMeanwhileWaitsForItsEnd()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var (reached, proceed) = Host.Store.HoldCommits();
        var revoking = Task.Run(() => RevokeAsync("alice", "reader"));
        await reached.Task;
        var reads = Host.Store.ReadsOf(ActorKey.Of(Tenant, SubjectId.User("alice")));
        var evicting = Directory.EvictAsync(Tenant);

        // A second actor of hers would read what the first is about to change, and answer from it for good.
        var writing = RevokeAsync("alice", "viewer");
        Assert.False(writing.IsCompleted);
        Assert.Equal(reads, Host.Store.ReadsOf(ActorKey.Of(Tenant, SubjectId.User("alice"))));
        Assert.True(await MayAsync("alice", "invoices:read"));

        proceed.SetResult();
        Ok(await revoking);
        await evicting;
        await writing;
        Assert.False(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public void TryLeave_SomebodyIsIn_TheTableStays()
    {
        var slot = Directory.SubjectSlot(Tenant, Alice);
        var table = new TenantTable(Directory, Directory.TenantSlot(new("elsewhere")), new("elsewhere"));
        table.Subjects.TryAdd(Alice, slot);
        Assert.False(table.TryLeave());
        Assert.False(table.IsLeaving || table.Slot.IsClosed);

        table.Subjects.TryRemove(Alice, out _);
        Assert.True(table.TryLeave());
        Assert.True(table.IsLeaving && table.Slot.IsClosed);
    }

    [Fact]
    public async Task Sweep_TenantsComeAndGoUnderLoad_NoAnswerIsFromBefore()
    {
        await RoleAsync("reader", "invoices:read");
        using var stop = new CancellationTokenSource();
        var sweeping = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.Sweep(0);
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 60; round++)
            {
                Ok(await AssignAsync($"user{i}", "reader"));
                var asking = Task.Run(() => MayAsync($"user{i}", "invoices:read"));
                Ok(await RevokeAsync($"user{i}", "reader"));
                await asking;
                Assert.False(await MayAsync($"user{i}", "invoices:read"));
            }
        })));
        await stop.CancelAsync();
        await sweeping;
    }

    [Fact]
    public async Task Evaluate_MoreStrangersThanAreKept_TheLatestStayAndWhoHoldsSomethingToo()
    {
        var ports = new Actors.Ports.ActorPorts(Opened(), null!, new LoneCells(), new LocalAnnounce(), new OrderedIds(TimeProvider.System), Host.Time) { Signer = null! };
        var directory = new ActorDirectory(ports, mostStrangers: 10);
        await RoleAsync("reader", "invoices:read");
        for (var i = 0; i < 20; i++)
        {
            Ok(await AssignAsync($"known{i}", "reader"));
            Assert.True(Ok(await directory.Subject(Tenant, SubjectId.User($"known{i}")).EvaluateAsync(Question($"known{i}", "invoices:read"), Now)).IsAllowed);
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.False(Ok(await directory.Subject(Tenant, SubjectId.User($"stranger{i}")).EvaluateAsync(Question($"stranger{i}", "invoices:read"), Now)).IsAllowed);
        }

        Assert.Equal(30, directory.SubjectCount);
        var reads = Host.Store.ReadsOf(ActorKey.Of(Tenant, SubjectId.User("stranger99")));
        Ok(await directory.Subject(Tenant, SubjectId.User("stranger99")).EvaluateAsync(Question("stranger99", "invoices:read"), Now));
        Assert.Equal(reads, Host.Store.ReadsOf(ActorKey.Of(Tenant, SubjectId.User("stranger99"))));
    }

    [Fact]
    public async Task Evaluate_MoreUnknownResourcesThanAreKept_TheLatestStayAndTheStoredToo()
    {
        var ports = new Actors.Ports.ActorPorts(Opened(), null!, new LoneCells(), new LocalAnnounce(), new OrderedIds(TimeProvider.System), Host.Time) { Signer = null! };
        var directory = new ActorDirectory(ports, mostStrangers: 10);
        await RoleAsync("owner", "invoices:read:own");
        Ok(await AssignAsync("alice", "owner"));
        for (var i = 0; i < 20; i++)
        {
            Ok(await PutAsync($"invoices:stored{i}", Bag("owner_id", "alice")));
            Assert.True(await MayAsync($"stored{i}"));
        }
        for (var i = 0; i < 100; i++)
        {
            Assert.False(await MayAsync($"unknown{i}"));
        }

        Assert.Equal(30, directory.EntityCount);
        Assert.True(await MayAsync("stored0"));

        async Task<bool> MayAsync(string id) =>
            Ok(await directory.Subject(Tenant, SubjectId.User("alice")).EvaluateAsync(QuestionOn("alice", "invoices:read", id), Now)).IsAllowed;
    }

    [Fact]
    public async Task Import_ManyEntities_NoneStaysInMemoryAndAllAreKnown()
    {
        await RoleAsync("owner", "invoices:read:own");
        Ok(await AssignAsync("alice", "owner"));
        Ok(await PutAsync("invoices:warm", Bag("owner_id", "bob")));
        Assert.False(await OwnAsync("warm"));
        var rows = Enumerable.Range(0, 500).Select(i => Entity($"invoices:e{i}")).Append(Entity("invoices:warm")).Select(id => new EntityRow(id, Bag("owner_id", "alice")));

        Assert.Equal(0, Ok(await Host.Entities.ImportAsync(Tenant, [.. rows], dryRun: false, Admin)).Rows.Count(row => row.Error is not null));

        Assert.Equal(0, Directory.EntityCount);
        Assert.True(await OwnAsync("e0") && await OwnAsync("e499") && await OwnAsync("warm"));
        Assert.Equal(3, Directory.EntityCount);

        async Task<bool> OwnAsync(string id) =>
            Ok(await Host.Decisions.EvaluateAsync(Tenant, QuestionOn("alice", "invoices:read", id), Now)).IsAllowed;
    }

    [Fact]
    public async Task Sweep_SlotsThatWereLetGo_AreNotRememberedEither()
    {
        // A remembered slot keeps its whole tenant in memory.
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.False(await MayAsync("stranger", "invoices:read"));
        Assert.Equal(2, Directory.RememberedCount);

        for (var i = 0; i < 3; i++)
        {
            Directory.Sweep(0);
        }

        Assert.Equal((0, 0), (Directory.SubjectCount, Directory.RememberedCount));
    }

    // The store as the node's own actors see it.
    private SealedStore Opened()
    {
        var ring = new KeyRingFiles(Path.Combine(((EmbeddedFixture)Host).DataDirectory, KeyRingFiles.DirectoryName));
        return new SealedStore(Host.Store, null!, new DataProtectionVault(ring, new VaultOptions()), new FaultLog(NullLogger.Instance, Host.Time));
    }
}
