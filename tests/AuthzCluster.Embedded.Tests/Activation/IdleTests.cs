using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;

namespace AuthzCluster.Embedded.Tests.Activation;

/// <summary>Actors that nobody uses are let go, and nobody notices.</summary>
public sealed class IdleTests() : HostSuite(new EmbeddedFixture())
{
    private const int Steps = 2;

    private EmbeddedFixture Embedded => (EmbeddedFixture)Host;

    private Embedded.Activation.ActorDirectory Directory => Embedded.Node.Directory;

    [Fact]
    public async Task Sweep_UnusedForTheIdleTime_LetsGoAndALaterCallReadsAgain()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Assert.Equal(1, Directory.SubjectCount);
        for (var i = 0; i < Steps; i++)
        {
            Directory.Sweep(Steps);
        }
        Assert.Equal(0, Directory.SubjectCount);

        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.Equal(1, Directory.SubjectCount);
    }

    [Fact]
    public async Task Sweep_EntityUnusedForTheIdleTime_LetsGoAndALaterCheckReadsAgain()
    {
        await RoleAsync("owner", "invoices:read:own");
        Ok(await AssignAsync("alice", "owner"));
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        Assert.Equal(1, Directory.EntityCount);
        for (var i = 0; i < Steps; i++)
        {
            Directory.Sweep(Steps);
        }
        Assert.Equal(0, Directory.EntityCount);

        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.Equal(1, Directory.EntityCount);
    }

    [Fact]
    public async Task ClosedEntitySlot_StillHeldByACaller_LeadsToItsSuccessor()
    {
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        var old = Directory.EntitySlot(Tenant, Entity("invoices:1"));
        Assert.True(old.TryClose());
        Ok(await PutAsync("invoices:1", Bag("owner_id", "bob")));

        Assert.Null(old.Current);
        Assert.Equal(Bag("owner_id", "bob"), (await old.LoadAsync())!.Properties);
        Assert.Equal(3, Ok(await old.DeleteAsync(null, Admin)).State.Revision);
    }

    [Fact]
    public async Task Sweep_UsedMeanwhile_Keeps()
    {
        Ok(await AssignAsync("alice", "viewer"));
        for (var i = 0; i < 5; i++)
        {
            Directory.Sweep(Steps);
            Assert.True(await MayAsync("alice", "anything:read"));
        }
        Assert.Equal(1, Directory.SubjectCount);
    }

    [Fact]
    public async Task Sweep_DuringATurn_Keeps()
    {
        var (reached, proceed) = Host.Store.HoldCommits();
        var writing = Task.Run(() => AssignAsync("alice", "viewer"));
        await reached.Task;
        var slot = Directory.SubjectSlot(Tenant, SubjectId.User("alice"));
        for (var i = 0; i <= Steps; i++)
        {
            Directory.Sweep(Steps);
        }
        Assert.Same(slot, Directory.SubjectSlot(Tenant, SubjectId.User("alice")));

        proceed.SetResult();
        Ok(await writing);
    }

    [Fact]
    public async Task Sweep_UnknownTenantsAndIdleOnes_AreForgotten()
    {
        Refused(Domain.Errors.ErrorCode.TenantNotFound, await EvaluateAsync("alice", "x:read", new TenantId("nowhere")));
        var slot = Directory.TenantSlot(new TenantId("nowhere"));
        for (var i = 0; i < 2 * Steps; i++)
        {
            Directory.Sweep(Steps);
        }
        Assert.True(slot.IsClosed);
        Assert.NotSame(slot, Directory.TenantSlot(new TenantId("nowhere")));
        Ok(await AssignAsync("alice", "viewer"));
    }

    [Fact]
    public async Task ClosedSlot_StillHeldByACaller_LeadsToItsSuccessor()
    {
        Ok(await AssignAsync("alice", "viewer"));
        var old = Directory.SubjectSlot(Tenant, SubjectId.User("alice"));
        Assert.True(old.TryClose());
        Ok(await RevokeAsync("alice", "viewer"));

        // What the old one had in memory is from before the revocation.
        Assert.False(Ok(await old.EvaluateAsync(Question("alice", "anything:read"), Now)).IsAllowed);
        Refused(Domain.Errors.ErrorCode.AssignmentNotFound, await old.RevokeAsync(new("role_viewer"), null, Admin));
    }

    [Fact]
    public async Task Sweep_UnderLoad_EveryAnswerIsRight()
    {
        await RoleAsync("reader", "invoices:read");
        await RoleAsync("owner", "invoices:read:own");
        Ok(await AssignAsync("owner", "owner"));
        using var stop = new CancellationTokenSource();
        var sweeping = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.Sweep(1);
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 60; round++)
            {
                var user = $"user{i % 4}-{i}";
                Ok(await AssignAsync(user, "reader"));
                Assert.True(await MayAsync(user, "invoices:read"));
                Ok(await RevokeAsync(user, "reader"));
                Assert.False(await MayAsync(user, "invoices:read"));
                Ok(await PutAsync($"invoices:{user}", Bag("owner_id", "owner")));
                Assert.True(await MayOnAsync("owner", "invoices:read", user));
                Ok(await DeleteAsync($"invoices:{user}"));
                Assert.False(await MayOnAsync("owner", "invoices:read", user));
            }
        })));
        await stop.CancelAsync();
        await sweeping;
    }

    [Fact(Timeout = 60_000)]
    public async Task IdleTime_Passed_TheSweeperLetsGo()
    {
        Ok(await AssignAsync("alice", "viewer"));
        var slot = Directory.SubjectSlot(Tenant, SubjectId.User("alice"));
        // The sweeper runs beside the test and may miss ticks that come faster than it looks.
        while (!slot.IsClosed)
        {
            Host.Time.Advance(TimeSpan.FromMinutes(2));
            await Task.Yield();
        }
        Assert.True(slot.IsClosed);
    }
}
