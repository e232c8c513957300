using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 2: what was committed counts under the lease that is held when that is known, not when it was sent.</summary>
internal sealed class TaggedAtEndOfCommit : Parts
{
    public override GrantsCell Cell(ActorKey key, SimProcess process) => new Switched(key, process);

    private sealed class Switched(ActorKey key, SimProcess process) : GrantsCell(key, process)
    {
        public override void Wrote(Grants grants, long version)
        {
            if (!Has(grants) && version >= Floor && Process.Cells.HeldLease() is not null)
            {
                TryTake(Begin(), grants, version);
            }
            base.Wrote(grants, version);
        }
    }
}
