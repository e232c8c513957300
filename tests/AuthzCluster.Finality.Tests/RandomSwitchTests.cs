using System.Diagnostics;
using AuthzCluster.Finality.Tests.Simulation;
using AuthzCluster.Finality.Tests.Switches;
using Xunit.Abstractions;

namespace AuthzCluster.Finality.Tests;

/// <summary>With one rule off the same walks find an answer from before what was acknowledged: so they would see it if the product lost the rule.</summary>
public class RandomSwitchTests(ITestOutputHelper output)
{
    private const int Seeds = 300;
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(typeof(LeaseFromAnswer))]
    [InlineData(typeof(RenewalIgnoresFence))]
    [InlineData(typeof(FencedRowIsTakenForDead))]
    [InlineData(typeof(NoWaitAfterFence))]
    [InlineData(typeof(NodesListedBeforeCommit))]
    [InlineData(typeof(NoOpIsNotAnnounced))]
    [InlineData(typeof(LoadIsRegisteredAfterReading))]
    [InlineData(typeof(FloorMissesLoads))]
    [InlineData(typeof(CellsSurviveTheirLease))]
    [InlineData(typeof(ReferenceBeforeChecks))]
    [InlineData(typeof(RequestsAreForgotten))]
    [InlineData(typeof(NoOpIsNotKept))]
    public void Walk_WithOneRuleOff_FindsTheAnomaly(Type rule)
    {
        var (counts, watch) = (new Counts(), Stopwatch.StartNew());
        for (var seed = 0; seed < Seeds; seed++)
        {
            if (Run.Of(seed, (Parts)Activator.CreateInstance(rule)!, Time, counts) is { } violation)
            {
                output.WriteLine($"{rule.Name}: {violation} ({counts.Steps} steps, {watch.Elapsed.TotalSeconds:F1} s)");
                return;
            }
        }
        Assert.Fail($"nothing was found in {counts}");
    }
}
