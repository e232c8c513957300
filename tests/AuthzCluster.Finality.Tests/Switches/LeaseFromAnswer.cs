using AuthzCluster.Actors.Finality;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 1: the lease is counted from when the read was answered, not from when it was sent.</summary>
internal sealed class LeaseFromAnswer : Parts
{
    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database, Keeping.Duration);

    private sealed class Switched(SimProcess process, Wire wire, Database database, TimeSpan duration) : SimLeases(process, wire, database)
    {
        public override async ValueTask<bool> IsHeldAsync(Guid id)
        {
            var lease = Process.Cells.Lease;
            var isHeld = await base.IsHeldAsync(id).ConfigureAwait(false);
            if (isHeld && lease?.Id == id)
            {
                lease.ExtendTo(Process.Clock.GetTimestamp() + duration.Ticks);
            }
            return isHeld;
        }
    }
}
