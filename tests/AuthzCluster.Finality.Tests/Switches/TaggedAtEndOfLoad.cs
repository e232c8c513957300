using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 2: what was read counts under the lease that is held when it arrives, not when it was sent for.</summary>
internal sealed class TaggedAtEndOfLoad : Parts
{
    public override GrantsCell Cell(ActorKey key, SimProcess process) => new Switched(key, process);

    private sealed class Switched(ActorKey key, SimProcess process) : GrantsCell(key, process)
    {
        protected override bool Take(CellLoad load, Grants value, long version)
        {
            Abandon(load);
            return version >= Floor && base.Take(Begin(), value, version);
        }
    }
}
