using AuthzCluster.Finality.Tests.Simulation;
using AuthzCluster.Finality.Tests.Switches;

namespace AuthzCluster.Finality.Tests;

/// <summary>What walks rarely meet, written out: with the rule nothing is wrong, without it this is.</summary>
public class ScheduleTests
{
    [Fact]
    public void Lease_HeldAtItsVeryEndAndWaitedForNoLonger_AnswersFromBefore()
    {
        Assert.NotNull(FenceAtTheMomentOfARenewal(new LeaseIsHeldAtItsEnd(), 1));
        Assert.Null(FenceAtTheMomentOfARenewal(new NoMargin(), 1));
        Assert.Null(FenceAtTheMomentOfARenewal(new Parts(), 1));
    }

    [Fact]
    public void Margin_OfNothingWithASlowClock_AnswersFromBefore()
    {
        Assert.NotNull(FenceAtTheMomentOfARenewal(new NoMargin(), 0.9));
        Assert.Null(FenceAtTheMomentOfARenewal(new Parts(), 0.9));
    }

    // B renews and is fenced in the same moment, and is alone from then on.
    private static string? FenceAtTheMomentOfARenewal(Parts parts, double rate) => Stage.Play(parts, [1, rate], stage =>
    {
        stage.Until(0.5);
        stage.Ask("B");
        stage.Hold("A", "message");
        var fence = stage.Hold("A", "fence");
        // Behind the third, at the same tick where the clocks are the same.
        var renewal = rate == 1 ? 3 : (3 / rate) + 0.001;
        stage.Until(renewal - 1.2);
        stage.Write("A", isGranted: true);
        stage.Until(renewal);
        fence.LetGo();
        stage.Now();
        stage.Hold("B", "renew");
        for (var tenth = 1; tenth <= 70; tenth++)
        {
            stage.Until(renewal + (tenth / 10.0));
            stage.Ask("B");
        }
        Assert.True(stage is { Answered: > 1, Refused: > 0 });
    });

    [Fact]
    public void Load_TaggedAtItsEnd_AnswersFromBefore()
    {
        Assert.NotNull(LoadThatOutlivesItsLease(new TaggedAtEndOfLoad()));
        Assert.Null(LoadThatOutlivesItsLease(new Parts()));
    }

    private static string? LoadThatOutlivesItsLease(Parts parts) => Stage.Play(parts, [1, 1], stage =>
    {
        stage.Until(0.5);
        var read = stage.Hold("B", "read", isBack: true);
        stage.Ask("B");
        stage.Hold("A", "message");
        stage.Write("A", isGranted: true);
        stage.Until(9);
        read.LetGo();
        stage.Now();
        stage.Ask("B");
        Assert.Equal(2, stage.Answered);
    });

    [Fact]
    public void Commit_TaggedAtItsEnd_AnswersFromBefore()
    {
        Assert.NotNull(CommitThatOutlivesItsLease(new TaggedAtEndOfCommit()));
        Assert.Null(CommitThatOutlivesItsLease(new Parts()));
    }

    private static string? CommitThatOutlivesItsLease(Parts parts) => Stage.Play(parts, [1, 1], stage =>
    {
        stage.Until(0.5);
        var commit = stage.Hold("B", "commit", isBack: true);
        stage.Write("B", isGranted: true);
        stage.Hold("A", "message");
        stage.Write("A", isGranted: false);
        stage.Until(9);
        var read = stage.Hold("B", "read");
        commit.LetGo();
        stage.Now();
        stage.Ask("B");
        read.LetGo();
        stage.Until(10);
        Assert.Equal(1, stage.Answered);
    });

    [Fact]
    public void NoOp_WhoseEarlierCopyComesLate_ChangesWhatFollowedUnlessItIsKept()
    {
        Assert.NotNull(LateCopyOfANoOp(new NoOpIsNotKept()));
        Assert.Null(LateCopyOfANoOp(new Parts()));
    }

    // The first copy of a grant hangs where it would be committed; the second finds that it holds already; then it is revoked.
    private static string? LateCopyOfANoOp(Parts parts) => Stage.Play(parts, [1, 1], stage =>
    {
        stage.Until(0.5);
        var read = stage.Hold("B", "read");
        var late = stage.Write("B", isGranted: true);
        stage.Write("A", isGranted: true);
        stage.Write("A", isGranted: true, again: late);
        stage.Write("A", isGranted: false);
        read.LetGo();
        stage.Until(1);
        stage.Ask("A");
        stage.Ask("B");
        Assert.Equal(2, stage.Answered);
    });

    [Fact]
    public void Fence_WithoutALeaseOfOnesOwn_LeavesNobodyToAnswer()
    {
        Assert.Equal(2, RefusedWhenEachFencesTheOther(new FenceWithoutOwnLease()));
        Assert.Equal(1, RefusedWhenEachFencesTheOther(new Parts()));
    }

    // They reach the database, and not each other.
    private static int RefusedWhenEachFencesTheOther(Parts parts)
    {
        var refused = 0;
        Assert.Null(Stage.Play(parts, [1, 1], stage =>
        {
            stage.Until(0.5);
            stage.Hold("A", "message");
            stage.Hold("B", "message");
            Held[] fences = [stage.Hold("A", "fence"), stage.Hold("B", "fence")];
            stage.Write("A", isGranted: true);
            stage.Write("B", isGranted: false);
            stage.Until(2.8);
            stage.Hold("A", "insert");
            stage.Hold("B", "insert");
            Array.ForEach(fences, fence => fence.LetGo());
            stage.Until(4.5);
            stage.Ask("A");
            stage.Ask("B");
            refused = stage.Refused;
        }));
        return refused;
    }
}
