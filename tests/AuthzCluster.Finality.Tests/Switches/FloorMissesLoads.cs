using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rules 2 and 3: what is announced is applied to what is in memory, and not to a load under way.</summary>
internal sealed class FloorMissesLoads : Parts
{
    public override GrantsCell Cell(ActorKey key, SimProcess process) => new Switched(key, process);

    private sealed class Switched(ActorKey key, SimProcess process) : GrantsCell(key, process)
    {
        protected override void Announced(long revision)
        {
            if (!IsLoading || Has(Latest))
            {
                base.Announced(revision);
            }
        }
    }
}
