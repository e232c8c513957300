using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Tests.Finality;

/// <summary>When a node holds its lease, to the millisecond.</summary>
public sealed class LeaseKeeperTests
{
    // Made by the test, on whose thread all of it stays.
    private World TheWorld => field ??= new World();

    [Fact]
    public void Lease_NeverRenewed_IsHeldUntilBeforeItsEnd()
    {
        TheWorld.Leases.There = call => call == HookedLeases.IsHeld ? World.Never() : Task.CompletedTask;
        TheWorld.Started();

        TheWorld.Pass(4.999);
        Assert.True(TheWorld.Lease.IsHeld);
        TheWorld.Pass(0.001);
        Assert.False(TheWorld.Lease.IsHeld);
        Assert.Null(TheWorld.Cells.HeldLease());
    }

    [Fact]
    public void Take_AnsweredLate_CountsFromBeforeItWasSent()
    {
        var gate = new TaskCompletionSource();
        TheWorld.Leases.Back = call => call == HookedLeases.Insert ? gate.Task : World.Never();
        var start = TheWorld.Keeper.StartAsync();
        TheWorld.Pass(2);
        Assert.Null(TheWorld.Cells.Lease);
        gate.SetResult();
        World.Done(start);

        TheWorld.Pass(2.999);
        Assert.True(TheWorld.Lease.IsHeld);
        TheWorld.Pass(0.001);
        Assert.False(TheWorld.Lease.IsHeld);
    }

    [Fact]
    public void Renew_AnsweredLate_CountsFromBeforeItWasSent()
    {
        TheWorld.Started();
        var gate = new TaskCompletionSource();
        var reads = 0;
        TheWorld.Leases.Back = _ => reads++ == 0 ? gate.Task : World.Never();

        TheWorld.Pass(4.5);
        gate.SetResult();

        TheWorld.Pass(1.499);
        Assert.True(TheWorld.Lease.IsHeld);
        TheWorld.Pass(0.001);
        Assert.False(TheWorld.Lease.IsHeld);
    }

    [Fact]
    public void Renew_OneHangs_LaterOnesAreSent()
    {
        TheWorld.Started();
        var reads = 0;
        TheWorld.Leases.There = _ => reads++ % 2 == 0 ? World.Never() : Task.CompletedTask;

        for (var i = 0; i < 30; i++)
        {
            TheWorld.Pass(1);
            Assert.True(TheWorld.Lease.IsHeld);
        }
    }

    [Fact]
    public void Renew_AllIsWell_IsOneReadASecondAndNothingElse()
    {
        TheWorld.Started().Pass(10);

        Assert.Equal(Enumerable.Range(1, 10).Select(second => second * 1000.0), TheWorld.Leases.Sent(HookedLeases.IsHeld));
        Assert.Equal(11, TheWorld.Leases.Calls.Count);
    }

    [Fact]
    public void Renew_Fenced_EndsTheLeaseBeforeAnotherIsTaken()
    {
        var old = TheWorld.Started().Lease;
        TheWorld.Fence(old.Id);
        var wasEnded = false;
        TheWorld.Leases.There = call =>
        {
            wasEnded |= call == HookedLeases.Insert && old.IsEnded && TheWorld.Cells.HeldLease() is null;
            return Task.CompletedTask;
        };

        TheWorld.Pass(1);

        Assert.True(wasEnded);
        Assert.NotEqual(old.Id, TheWorld.Lease.Id);
        Assert.True(TheWorld.Lease.IsHeld);
        Assert.Equal(TheWorld.Lease.Id, Assert.Single(TheWorld.Leases.Rows).Id);
    }

    [Fact]
    public void Renew_RowGone_IsLikeFenced()
    {
        var old = TheWorld.Started().Lease;
        World.Done(TheWorld.Leases.Table.LeaveAsync(old.Id).AsTask());

        TheWorld.Pass(1);

        Assert.True(old.IsEnded);
        Assert.True(TheWorld.Lease.IsHeld);
    }

    [Fact]
    public void Renew_AnswerFromBeforeTheFenceComesAfterIt_DoesNotRaiseTheOldLease()
    {
        var old = TheWorld.Started().Lease;
        var gate = new TaskCompletionSource();
        var reads = 0;
        TheWorld.Leases.Back = call => call == HookedLeases.IsHeld && reads++ == 0 ? gate.Task : Task.CompletedTask;
        TheWorld.Pass(1);
        TheWorld.Fence(old.Id);
        TheWorld.Pass(1);
        Assert.True(old.IsEnded);

        gate.SetResult();

        Assert.False(old.IsHeld);
    }

    [Fact]
    public void Database_DownForThreeSeconds_KeepsTheLease()
    {
        var lease = TheWorld.Started().Lease;
        TheWorld.Pass(1);
        TheWorld.Leases.IsDown = true;
        for (var i = 0; i < 30; i++)
        {
            TheWorld.Pass(0.1);
            Assert.True(lease.IsHeld);
        }
        TheWorld.Leases.IsDown = false;

        TheWorld.Pass(10);
        Assert.True(lease.IsHeld);
    }

    [Fact]
    public void Database_DownForSixSeconds_LosesTheLeaseAndItComesBackByItself()
    {
        var lease = TheWorld.Started().Lease;
        TheWorld.Leases.IsDown = true;
        TheWorld.Pass(6);
        Assert.False(lease.IsHeld);
        Assert.True(TheWorld.State.Health.Age >= TimeSpan.FromSeconds(6));
        Assert.InRange(TheWorld.Leases.Sent(HookedLeases.IsHeld).Count(), 15, 24);

        TheWorld.Leases.IsDown = false;
        TheWorld.Pass(0.25);

        Assert.True(lease.IsHeld);
        Assert.Same(lease, TheWorld.Lease);
    }

    [Fact]
    public void Take_OutcomeUnknown_TriesAgainUnderAnotherId()
    {
        var old = TheWorld.Started().Lease;
        TheWorld.Fence(old.Id);
        var failures = 3;
        TheWorld.Leases.Back = call => call == HookedLeases.Insert && failures-- > 0 ? Task.FromException(new StoreUnavailableException("no answer", false)) : Task.CompletedTask;
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 40; i++)
        {
            TheWorld.Pass(0.05);
            ids.UnionWith(TheWorld.Leases.Rows.Select(row => row.Id));
        }

        Assert.Equal(5, ids.Count);
        Assert.Equal([0, 1000, 1250, 1500, 1750], TheWorld.Leases.Sent(HookedLeases.Insert));
        Assert.Equal(TheWorld.Lease.Id, Assert.Single(TheWorld.Leases.Rows).Id);
        Assert.True(TheWorld.Lease.IsHeld);
    }

    [Fact]
    public void Fenced_AgainAndAgain_ComesBackLaterAndLater()
    {
        TheWorld.Leases.Back = call =>
        {
            if (call == HookedLeases.Insert && TheWorld.Now < 25_000)
            {
                TheWorld.Fence(Assert.Single(TheWorld.Leases.Rows).Id);
            }
            return Task.CompletedTask;
        };
        TheWorld.Started().Pass(60);
        Assert.Equal([0, 1000, 3000, 6000, 11_000, 20_000, 29_000], TheWorld.Leases.Sent(HookedLeases.Insert));

        // It has lasted: the next is taken at once.
        TheWorld.Fence(TheWorld.Lease.Id);
        TheWorld.Pass(1);
        Assert.True(TheWorld.Lease.IsHeld);
        Assert.Equal((8, 7), (TheWorld.State.Health.LeasesTaken, TheWorld.State.Health.FencesSuffered));
    }

    [Fact]
    public void Start_DatabaseDown_SaysSoAndHoldsNothing()
    {
        TheWorld.Leases.IsDown = true;

        Assert.Throws<StoreUnavailableException>(() => World.Done(TheWorld.Keeper.StartAsync()));

        Assert.Null(TheWorld.Cells.Lease);
        TheWorld.Pass(10);
        Assert.Equal([HookedLeases.Insert], TheWorld.Leases.Calls.Select(made => made.Call));
    }

    [Fact]
    public async Task Stop_EndsTheLeaseThenLeavesNoRow()
    {
        var lease = TheWorld.Started().Lease;
        var wasEnded = false;
        TheWorld.Leases.There = call =>
        {
            wasEnded = call == HookedLeases.Leave && lease.IsEnded;
            return Task.CompletedTask;
        };

        await TheWorld.Keeper.StopAsync();

        Assert.True(wasEnded);
        Assert.Empty(TheWorld.Leases.Rows);
        var calls = TheWorld.Leases.Calls.Count;
        TheWorld.Pass(10);
        Assert.Equal(calls, TheWorld.Leases.Calls.Count);
    }

    [Fact]
    public async Task Stop_DatabaseHangsOrFails_EndsAllTheSame()
    {
        var lease = TheWorld.Started().Lease;
        TheWorld.Leases.There = _ => World.Never();
        var stop = TheWorld.Keeper.StopAsync();
        while (!stop.IsCompleted)
        {
            TheWorld.Pass(0.1);
            await Task.Yield();
        }
        await stop;
        Assert.True(lease.IsEnded);

        var other = new World().Started();
        other.Leases.IsDown = true;
        await other.Keeper.StopAsync();
        Assert.True(other.Lease.IsEnded);
    }

    [Fact]
    public async Task Stop_WhileALeaseIsTaken_LeavesNoRowAndHoldsNothing()
    {
        TheWorld.Started();
        TheWorld.Fence(TheWorld.Lease.Id);
        var gate = new TaskCompletionSource();
        TheWorld.Leases.There = call => call == HookedLeases.Insert ? gate.Task : Task.CompletedTask;
        TheWorld.Pass(1);

        var stop = TheWorld.Keeper.StopAsync();
        gate.SetResult();

        await stop;
        Assert.Null(TheWorld.Cells.HeldLease());
        Assert.Empty(TheWorld.Leases.Rows);
    }
}
