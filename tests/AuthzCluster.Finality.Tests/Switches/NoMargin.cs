using AuthzCluster.Finality.Tests.Simulation;
using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 4: who fenced a row waits for the length of the lease and no more, by a clock that is faster than that of its holder.</summary>
internal sealed class NoMargin : Parts
{
    public override FinalityOptions Announcing => new() { Margin = TimeSpan.Zero };
}
