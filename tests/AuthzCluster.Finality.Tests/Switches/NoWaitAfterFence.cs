using AuthzCluster.Actors.Finality;
using AuthzCluster.Finality.Tests.Simulation;
using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 4: a row that was fenced is not waited for.</summary>
internal sealed class NoWaitAfterFence : Parts
{
    public override FinalityOptions Announcing => new() { Duration = TimeSpan.Zero, Margin = TimeSpan.Zero };

    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database);

    private sealed class Switched(SimProcess process, Wire wire, Database database) : SimLeases(process, wire, database)
    {
        public override async ValueTask<IReadOnlyList<LeaseRow>> ListAsync() =>
            [.. (await base.ListAsync().ConfigureAwait(false)).Select(row => row with { Duration = TimeSpan.Zero })];
    }
}
