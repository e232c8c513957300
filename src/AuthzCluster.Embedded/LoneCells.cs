using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Embedded;

/// <summary>
/// The cells of a node that is alone: what is in memory always counts, and the one cell that there is of an actor is its writer's own, which
/// nobody has to tell anything.
/// </summary>
internal sealed class LoneCells : CellTable
{
    public LoneCells() => Lease = NodeLease.Always;

    public override void Enter(ICell cell)
    {
    }
}
