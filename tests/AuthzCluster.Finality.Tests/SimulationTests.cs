using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests;

/// <summary>With all rules on nothing is answered from before what was acknowledged.</summary>
public class SimulationTests
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(5);

    [Fact]
    public void Cluster_WithAllRules_NeverAnswersFromBeforeWhatWasAcknowledged() => Walk(new SoakBudget(60));

    [Fact]
    [Trait("Category", "Soak")]
    public void Cluster_WithAllRulesForLong_NeverAnswersFromBeforeWhatWasAcknowledged() => Walk(new SoakBudget(600));

    [Fact]
    public void Run_OfTheSameSeed_IsTheSame()
    {
        Counts first = new(), second = new();
        Run.Of(7, new Parts(), Time, first);
        Run.Of(7, new Parts(), Time, second, isTraced: true);
        Assert.Equal(first.ToString(), second.ToString());
    }

    private static void Walk(SoakBudget budget)
    {
        var counts = new Counts();
        for (var round = 0; budget.Allows(round); round++)
        {
            if (Run.Of(SoakBudget.FirstSeed + round, new Parts(), Time, counts) is not null)
            {
                Assert.Fail(Run.Of(SoakBudget.FirstSeed + round, new Parts(), Time, counts, isTraced: true));
            }
        }
        long[] all = [counts.NoOps, counts.AfterFence, counts.Answered, counts.Refused, counts.Lapses, counts.DroppedLoads, counts.FencesIssued, counts.FencesSuffered, counts.LateCopies];
        Assert.True(Array.TrueForAll(all, count => count > 0), counts.ToString());
    }
}
