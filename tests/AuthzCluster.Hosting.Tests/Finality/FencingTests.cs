namespace AuthzCluster.Hosting.Tests.Finality;

/// <summary>Nodes that do not confirm: when they are fenced, and until when is waited.</summary>
public sealed class FencingTests
{
    // Made by the test, on whose thread all of it stays.
    private World TheWorld => field ??= new World().Started();

    [Fact]
    public void Confirmation_JustInTime_FencesNobody()
    {
        TheWorld.Join("b");
        var gate = Silence("b");
        var announced = TheWorld.Announce();
        TheWorld.Pass(0.9);
        gate.SetResult();

        World.Done(announced);
        TheWorld.Pass(10);
        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
    }

    [Fact]
    public void NoConfirmation_IsFencedAndWaitedForThenDropped()
    {
        var row = TheWorld.Join("b");
        Silence("b");

        TheWorld.EndsAt(7000, TheWorld.Announce());

        Assert.Equal([1000], TheWorld.Leases.Sent(HookedLeases.Fence));
        Assert.DoesNotContain(TheWorld.Leases.Rows, left => left.Id == row);
        Assert.Equal((1, TimeSpan.FromSeconds(7)), (TheWorld.State.Health.FencesIssued, TheWorld.State.Health.LongestAnnounce));
    }

    [Fact]
    public void Fence_AnsweredLate_IsWaitedForFromItsAnswer()
    {
        TheWorld.Join("b");
        Silence("b");
        var gate = new TaskCompletionSource();
        TheWorld.Leases.Back = call => call == HookedLeases.Fence ? gate.Task : Task.CompletedTask;
        var announced = TheWorld.Announce();
        TheWorld.Pass(2.5);
        gate.SetResult();

        TheWorld.EndsAt(8500, announced);
    }

    [Fact]
    public void Fence_TableDownForAMoment_IsTriedAgain()
    {
        TheWorld.Join("b");
        Silence("b");
        var announced = TheWorld.Announce();
        TheWorld.Leases.IsDown = true;
        TheWorld.Pass(1.9);
        TheWorld.Leases.IsDown = false;

        TheWorld.EndsAt(8000, announced);
    }

    [Fact]
    public void Row_FencedByAnother_IsWaitedForToo()
    {
        var row = TheWorld.Join("b");
        TheWorld.Fence(row);
        Silence("b");

        TheWorld.EndsAt(6000, TheWorld.Announce());

        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
        Assert.DoesNotContain(TheWorld.Leases.Rows, left => left.Id == row);
    }

    [Fact]
    public void Row_FencedAndYetHeld_ConfirmsLikeAnyOther()
    {
        TheWorld.Fence(TheWorld.Join("b"));

        World.Done(TheWorld.Announce());

        Assert.Equal("b", Assert.Single(TheWorld.Messages).Node);
    }

    [Fact]
    public void Row_GivenBackSinceTheList_IsNotWaitedFor()
    {
        var row = TheWorld.Join("b");
        Silence("b");
        var announced = TheWorld.Announce();
        World.Done(TheWorld.Leases.Table.LeaveAsync(row).AsTask());

        TheWorld.EndsAt(1000, announced);
    }

    [Fact]
    public void Row_FencedByAnotherWhoDropsIt_IsWaitedForNoLonger()
    {
        var row = TheWorld.Join("b");
        TheWorld.Fence(row);
        Silence("b");
        var announced = TheWorld.Announce();
        TheWorld.Pass(2.9);
        World.Done(TheWorld.Leases.Table.DropAsync(row).AsTask());

        TheWorld.EndsAt(3000, announced);
    }

    [Fact]
    public void Row_ReplacedSinceTheList_IsWaitedForAllTheSame()
    {
        TheWorld.Join("b");
        Silence("b");
        var announced = TheWorld.Announce();
        // By an attempt to take a lease that failed, and was done late: the one that was listed may yet be held.
        TheWorld.Join("b");

        TheWorld.EndsAt(7000, announced);
    }

    [Fact]
    public void Row_FencedWhileTheTableHangs_IsOverInTime()
    {
        TheWorld.Join("b");
        Silence("b");
        var announced = TheWorld.Announce();
        TheWorld.Leases.There = call => call == HookedLeases.List ? World.Never() : Task.CompletedTask;

        TheWorld.EndsAt(7000, announced);
    }

    [Fact]
    public void Row_OfALongerLease_IsWaitedForAsLongAsThatLasts()
    {
        TheWorld.Join("b", seconds: 9.5);
        Silence("b");

        TheWorld.EndsAt(11_500, TheWorld.Announce());
    }

    [Fact]
    public void Row_OfAShorterLease_IsWaitedForAsLongAsOurs()
    {
        TheWorld.Join("b", seconds: 2);
        Silence("b");

        TheWorld.EndsAt(7000, TheWorld.Announce());
    }

    [Fact]
    public async Task Fence_ForSeveralBatches_IsOneAndOneWait()
    {
        TheWorld.Join("b");
        Silence("b");
        var first = TheWorld.Announce(1);
        TheWorld.Pass(0.5);
        var second = TheWorld.Announce(2);
        TheWorld.Pass(3);
        var third = TheWorld.Announce(3);
        TheWorld.Pass(3.499);
        Assert.DoesNotContain(new[] { first, second, third }, task => task.IsCompleted);

        TheWorld.Pass(0.001);

        await Task.WhenAll(first, second, third);
        Assert.Single(TheWorld.Leases.Sent(HookedLeases.Fence));
        Assert.Single(TheWorld.Leases.Sent(HookedLeases.Drop));
        World.Done(TheWorld.Announce(4));
        Assert.Equal(3, TheWorld.Messages.Count);
    }

    [Fact]
    public void Batch_ThatWaits_KeepsNoOtherWaiting()
    {
        TheWorld.Join("b");
        var gate = Silence("b");
        var first = TheWorld.Announce(1);
        TheWorld.Answer = _ => Task.CompletedTask;

        World.Done(TheWorld.Announce(2));
        TheWorld.Pass(2);
        World.Done(TheWorld.Announce(3));

        Assert.False(first.IsCompleted);
        gate.SetResult();
        World.Done(first);
    }

    [Fact]
    public void Confirmation_AfterTheFence_Counts()
    {
        TheWorld.Join("b");
        var gate = Silence("b");
        var announced = TheWorld.Announce();
        TheWorld.Pass(3);
        Assert.False(announced.IsCompleted);

        gate.SetResult();

        World.Done(announced);
    }

    [Fact]
    public void Row_ReplacedByANewLease_IsWaitedForAndTheNewOneIsToldOfWhatComesLater()
    {
        TheWorld.Join("b");
        Silence("b");
        var first = TheWorld.Announce(1);
        TheWorld.Pass(2);
        TheWorld.Join("b");
        TheWorld.Answer = _ => Task.CompletedTask;

        World.Done(TheWorld.Announce(2));

        TheWorld.EndsAt(7000, first);
        Assert.Single(TheWorld.Leases.Rows, row => row.Node == "b" && !row.IsFenced);
    }

    [Fact]
    public void OwnLease_FencedMeanwhile_FencesNobodyAndAcknowledgesNothing()
    {
        var row = TheWorld.Join("b");
        Silence("b");
        var announced = TheWorld.Announce();
        TheWorld.Pass(0.5);
        TheWorld.Leases.There = call => call == HookedLeases.IsHeld ? World.Never() : Task.CompletedTask;
        TheWorld.Fence(TheWorld.Lease.Id);
        TheWorld.Pass(0.5);

        World.IsUnknown(announced);
        Assert.False(Assert.Single(TheWorld.Leases.Rows, left => left.Id == row).IsFenced);
    }

    [Fact]
    public void OwnLease_Lapsed_FencesNobodyAndAcknowledgesNothing()
    {
        TheWorld.Join("b");
        Silence("b");
        TheWorld.Lease.End();
        var announced = TheWorld.Announce();
        TheWorld.Leases.There = _ => World.Never();
        TheWorld.Pass(1);

        World.IsUnknown(announced);
        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
    }

    [Fact]
    public void OwnLease_LostAndTakenAgainInTime_FencesByTheNewOne()
    {
        TheWorld.Join("b");
        Silence("b");
        TheWorld.Fence(TheWorld.Lease.Id);

        TheWorld.EndsAt(7000, TheWorld.Announce());
    }

    [Fact]
    public void Message_FailsOnce_IsSentAgain()
    {
        TheWorld.Join("b");
        TheWorld.Answer = _ => TheWorld.Messages.Count == 1 ? Task.FromException(new InvalidOperationException("hiccup")) : Task.CompletedTask;

        TheWorld.EndsAt(250, TheWorld.Announce());

        TheWorld.Pass(10);
        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
    }

    [Fact]
    public void Message_FailsTwice_NeedsNoFurtherPatience()
    {
        TheWorld.Join("b");
        TheWorld.Answer = _ => Task.FromException(new InvalidOperationException("nobody there"));

        TheWorld.EndsAt(6250, TheWorld.Announce());

        Assert.Equal([250], TheWorld.Leases.Sent(HookedLeases.Fence));
    }

    [Fact]
    public void Message_NodeComesBack_ConfirmsLate()
    {
        TheWorld.Join("b");
        TheWorld.Answer = _ => TheWorld.Now < 3000 ? Task.FromException(new InvalidOperationException("nobody there")) : Task.CompletedTask;

        TheWorld.EndsAt(3250, TheWorld.Announce());
    }

    [Fact]
    public void Drop_ThatFails_IsDoneWithTheNextListAndNobodyWaitsAgain()
    {
        var row = TheWorld.Join("b");
        Silence("b");
        var isBroken = true;
        TheWorld.Leases.There = call => call == HookedLeases.Drop && isBroken ? Task.FromException(new InvalidOperationException("no")) : Task.CompletedTask;
        TheWorld.EndsAt(7000, TheWorld.Announce(1));
        Assert.Contains(TheWorld.Leases.Rows, left => left.Id == row);

        isBroken = false;
        World.Done(TheWorld.Announce(2));

        Assert.DoesNotContain(TheWorld.Leases.Rows, left => left.Id == row);
        Assert.Single(TheWorld.Messages);
    }

    [Fact]
    public void TwoLostNodes_AreWaitedForAtOnce()
    {
        TheWorld.Join("b");
        TheWorld.Join("c");
        TheWorld.Answer = _ => World.Never();

        TheWorld.EndsAt(7000, TheWorld.Announce());
    }

    private TaskCompletionSource Silence(string silent)
    {
        var gate = new TaskCompletionSource();
        TheWorld.Answer = node => node == silent ? gate.Task : Task.CompletedTask;
        return gate;
    }
}
