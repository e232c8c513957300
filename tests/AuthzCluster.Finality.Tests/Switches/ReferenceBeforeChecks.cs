using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 3: the object is taken first, and then it is looked at whether what is in memory by now counts.</summary>
internal sealed class ReferenceBeforeChecks : Parts
{
    public override async Task<Grants?> EvaluateAsync(SimProcess process, GrantsCell cell)
    {
        var reference = cell.Latest;
        await Task.Delay(TimeSpan.FromMilliseconds(10 * process.World.Random.Next(10)), process.Clock).ConfigureAwait(false);
        return reference is not null && cell.Current is not null ? reference : await base.EvaluateAsync(process, cell).ConfigureAwait(false);
    }
}
