using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Hosting.Tests.Finality;

/// <summary>Nodes that are gone are fenced though nothing is written.</summary>
public sealed class NeighbourWatchTests
{
    // Made by the test, on whose thread all of it stays.
    private World TheWorld => field ??= Watched();

    [Fact]
    public void Neighbours_ThatAnswer_AreAskedFourTimesASecondAndToldNothing()
    {
        TheWorld.Join("b");
        TheWorld.Pass(1);

        Assert.Equal(["b", "b", "b", "b"], TheWorld.Messages.Select(message => message.Node));
        Assert.All(TheWorld.Messages, message => Assert.Empty(message.Batch));
        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
        Assert.Equal((0, TimeSpan.Zero), (TheWorld.State.Health.FailedAnnounces, TheWorld.State.Health.LongestAnnounce));
    }

    [Fact]
    public void Neighbour_ThatRefuses_IsFencedAndDroppedThoughNothingIsWritten()
    {
        var row = TheWorld.Join("b");
        TheWorld.Pass(2);
        TheWorld.Answer = _ => Task.FromException(new InvalidOperationException("nobody there"));

        TheWorld.Pass(0.5);
        Assert.Equal([2500], TheWorld.Leases.Sent(HookedLeases.Fence));

        TheWorld.Pass(1.5);
        TheWorld.EndsAt(8500, TheWorld.Announce());
        Assert.DoesNotContain(TheWorld.Leases.Rows, left => left.Id == row);
    }

    [Fact]
    public void Neighbour_ThatRefusesOnce_IsNotFenced()
    {
        TheWorld.Join("b");
        TheWorld.Pass(2);
        TheWorld.Answer = _ => Task.FromException(new InvalidOperationException("hiccup"));
        TheWorld.Pass(0.25);
        TheWorld.Answer = _ => Task.CompletedTask;

        TheWorld.Pass(10);

        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
    }

    [Fact]
    public void Neighbour_ThatIsSlow_IsNeitherFencedNorAskedAgain()
    {
        TheWorld.Join("b");
        TheWorld.Answer = _ => World.Never();

        TheWorld.Pass(10);

        Assert.Single(TheWorld.Messages);
        Assert.Empty(TheWorld.Leases.Sent(HookedLeases.Fence));
    }

    [Fact]
    public void Neighbours_AreTheNextTwoInTurn()
    {
        foreach (var other in new[] { "c", "B", "b", "d", "A" })
        {
            TheWorld.Join(other);
        }
        TheWorld.Pass(0.25);
        Assert.Equal(["b", "c"], TheWorld.Messages.Select(message => message.Node));

        foreach (var row in TheWorld.Leases.Rows.Where(row => row.Node is "b" or "c"))
        {
            TheWorld.Fence(row.Id);
        }
        TheWorld.Messages.Clear();
        TheWorld.Pass(1);

        Assert.Equal(["A", "d"], TheWorld.Messages.Select(message => message.Node).TakeLast(2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_ThatIsDown_IsReadAgain()
    {
        TheWorld.Leases.IsDown = true;
        TheWorld.Join("b");
        TheWorld.Pass(1);
        Assert.Empty(TheWorld.Messages);

        TheWorld.Leases.IsDown = false;
        TheWorld.Pass(1);

        Assert.NotEmpty(TheWorld.Messages);
    }

    private static World Watched()
    {
        var world = new World().Started();
        _ = new NeighbourWatch(world.Leases, world, world.Announcer, World.Own, world.Options, world.Clock).RunAsync(CancellationToken.None);
        return world;
    }
}
