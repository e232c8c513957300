using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Hosting.Tests.Finality;

/// <summary>Who is told what, in which order, when all nodes answer.</summary>
public sealed class AnnouncerTests
{
    // Made by the test, on whose thread all of it stays.
    private World TheWorld => field ??= new World().Started();

    [Fact]
    public void Announce_Alone_RaisesTheOwnCellsAndSendsNothing()
    {
        World.Done(TheWorld.Announce(1, 7));

        Assert.Equal([(World.Key(1), 7)], TheWorld.Cells.Raised);
        Assert.Empty(TheWorld.Messages);
        Assert.Single(TheWorld.Leases.Sent(HookedLeases.List));
    }

    [Fact]
    public void Announce_OwnCells_AreRaisedBeforeTheTableIsRead()
    {
        TheWorld.Leases.There = _ => World.Never();

        Assert.False(TheWorld.Announce(1, 7).IsCompleted);

        Assert.Equal([(World.Key(1), 7)], TheWorld.Cells.Raised);
    }

    [Fact]
    public void Announce_Others_WaitsForEachOnce()
    {
        TheWorld.Join("b");
        TheWorld.Join("c");
        var gate = new TaskCompletionSource();
        TheWorld.Answer = node => node == "c" ? gate.Task : Task.CompletedTask;

        var announced = TheWorld.Announce(1, 7);

        Assert.Equal(["b", "c"], TheWorld.Messages.Select(message => message.Node).Order());
        Assert.All(TheWorld.Messages, message => Assert.Equal([new Announcement(World.Key(1), 7)], message.Batch));
        Assert.False(announced.IsCompleted);
        gate.SetResult();
        World.Done(announced);
    }

    [Fact]
    public async Task Announce_WhileTheTableIsRead_GoesWithTheNextReading()
    {
        var gate = new TaskCompletionSource();
        TheWorld.Leases.Back = _ => gate.Task;
        TheWorld.Join("b");
        var first = TheWorld.Announce(1);

        // The table was read already: this node, and what is announced now, are after that.
        var second = TheWorld.Announce(2);
        var third = TheWorld.Announce(3);
        TheWorld.Join("c");
        TheWorld.Leases.Back = _ => Task.CompletedTask;
        gate.SetResult();

        await Task.WhenAll(first, second, third);
        Assert.Equal(2, TheWorld.Leases.Sent(HookedLeases.List).Count());
        Assert.Equal([("b", "1"), ("b", "2 3"), ("c", "2 3")], TheWorld.Messages.Select(message =>
            (message.Node, string.Join(' ', message.Batch.Select(item => item.Key.Tenant.Value[1..])))));
    }

    [Fact]
    public async Task Announce_SameKeyTwiceInABatch_IsTheHighestRevision()
    {
        TheWorld.Join("b");
        var all = Waiting(() => [TheWorld.Announce(1, 7), TheWorld.Announce(1, 9), TheWorld.Announce(1, 8), TheWorld.Announce(2, 1)]);

        await all;
        Assert.Equal([new Announcement(World.Key(1), 9), new Announcement(World.Key(2), 1)], TheWorld.Messages[^1].Batch);
    }

    [Fact]
    public async Task Announce_MoreThanAMessageHolds_IsTwoBatches()
    {
        TheWorld.Join("b");
        var all = Waiting(() => [.. Enumerable.Range(1, 1001).Select(number => TheWorld.Announce(number)), TheWorld.Announce(1001, 8)]);

        await all;
        Assert.Equal([1, 1000, 1], TheWorld.Messages.Select(message => message.Batch.Count));
        Assert.Equal([new Announcement(World.Key(1001), 8)], TheWorld.Messages[^1].Batch);
    }

    [Fact]
    public void Announce_SeveralAtOnce_IsOneReadingAndOneMessage()
    {
        TheWorld.Join("b");

        World.Done(TheWorld.Announcer.AcknowledgedEverywhereAsync(new StoredRevision(World.Key(1), 7), new StoredRevision(World.Key(2), 9)).AsTask());

        Assert.Equal([(World.Key(1), 7), (World.Key(2), 9)], TheWorld.Cells.Raised);
        Assert.Equal([new Announcement(World.Key(1), 7), new Announcement(World.Key(2), 9)], Assert.Single(TheWorld.Messages).Batch);
        Assert.Single(TheWorld.Leases.Sent(HookedLeases.List));
    }

    [Fact]
    public void Announce_NodesOfTheLastList_AreToldWhileTheTableIsRead()
    {
        TheWorld.Join("b");
        World.Done(TheWorld.Announce(1));
        var gate = new TaskCompletionSource();
        TheWorld.Leases.There = _ => gate.Task;
        TheWorld.Join("c");

        var announced = TheWorld.Announce(2);

        Assert.Equal(["b", "b"], TheWorld.Messages.Select(message => message.Node));
        Assert.False(announced.IsCompleted);
        gate.SetResult();
        World.Done(announced);
        Assert.Equal(["b", "b", "c"], TheWorld.Messages.Select(message => message.Node));
    }

    [Fact]
    public void Announce_NodeThatIsListedNoMore_IsNotWaitedFor()
    {
        var row = TheWorld.Join("b");
        World.Done(TheWorld.Announce(1));
        World.Done(TheWorld.Leases.Table.LeaveAsync(row).AsTask());
        TheWorld.Answer = _ => Task.FromException(new InvalidOperationException("nobody there"));

        World.Done(TheWorld.Announce(2));

        TheWorld.Pass(10);
        Assert.Equal(2, TheWorld.Messages.Count);
        World.Done(TheWorld.Announce(3));
        Assert.Equal(2, TheWorld.Messages.Count);
    }

    [Fact]
    public void Announce_TenantGone_IsOfAllItsCells()
    {
        TheWorld.Join("b");

        World.Done(TheWorld.Announcer.TenantGoneEverywhereAsync(World.Acme).AsTask());

        var item = Assert.Single(Assert.Single(TheWorld.Messages).Batch);
        Assert.Equal((ActorKey.Of(World.Acme), true), (item.Key, item.IsWholeTenant));
    }

    [Fact]
    public void Announce_TableDown_IsTriedWhileTheLeaseIsHeld()
    {
        TheWorld.Join("b");
        TheWorld.Leases.IsDown = true;
        var announced = TheWorld.Announce();
        TheWorld.Pass(3);
        Assert.False(announced.IsCompleted);

        TheWorld.Leases.IsDown = false;
        TheWorld.Pass(0.25);

        World.Done(announced);
        Assert.Single(TheWorld.Messages);
    }

    [Fact]
    public void Announce_TableDownUntilTheLeaseIsLost_HasAnUnknownOutcome()
    {
        TheWorld.Leases.IsDown = true;
        var announced = TheWorld.Announce();
        TheWorld.Pass(4.75);
        Assert.False(announced.IsCompleted);

        TheWorld.Pass(0.25);

        World.IsUnknown(announced);
        Assert.Equal(1, TheWorld.State.Health.FailedAnnounces);

        TheWorld.Leases.IsDown = false;
        World.Done(TheWorld.Announce());
    }

    [Fact]
    public void Health_OfWhatHappened_TellsIt()
    {
        TheWorld.Join("b");
        var gate = new TaskCompletionSource();
        TheWorld.Answer = _ => gate.Task;
        var announced = TheWorld.Announce();
        TheWorld.Pass(0.5);
        gate.SetResult();
        World.Done(announced);

        Assert.Equal(new FinalityHealth(true, TimeSpan.FromSeconds(0.5), 1, 0, 0, TimeSpan.FromSeconds(0.5), 0, 0), TheWorld.State.Health);
    }

    // What is announced while the table is read for another.
    private Task Waiting(Func<Task[]> announce)
    {
        var gate = new TaskCompletionSource();
        TheWorld.Leases.There = _ => gate.Task;
        var first = TheWorld.Announce(0);
        var others = announce();
        TheWorld.Leases.There = _ => Task.CompletedTask;
        gate.SetResult();
        return Task.WhenAll([first, .. others]);
    }
}
