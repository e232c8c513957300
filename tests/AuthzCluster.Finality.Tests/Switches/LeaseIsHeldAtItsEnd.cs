using AuthzCluster.Actors.Finality;
using AuthzCluster.Finality.Tests.Simulation;
using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rules 1 and 4: the lease still counts at the moment at which it ends, and who fenced it waits for no more than its length.</summary>
internal sealed class LeaseIsHeldAtItsEnd : Parts
{
    public override FinalityOptions Announcing => new() { Margin = TimeSpan.Zero };

    public override double Rate(Random random) => 1;

    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database, Keeping.Duration);

    private sealed class Switched(SimProcess process, Wire wire, Database database, TimeSpan duration) : SimLeases(process, wire, database)
    {
        public override async ValueTask<bool> IsHeldAsync(Guid id)
        {
            var (lease, sent) = (Process.Cells.Lease, Process.Clock.GetTimestamp());
            var isHeld = await base.IsHeldAsync(id).ConfigureAwait(false);
            if (isHeld && lease?.Id == id)
            {
                lease.ExtendTo(sent + duration.Ticks + 1);
            }
            return isHeld;
        }
    }
}
