using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 2: a cell is entered in the node's table when it has read, not before.</summary>
internal sealed class LoadIsRegisteredAfterReading : Parts
{
    public override CellTable Cells() => new Late();

    public override GrantsCell Cell(ActorKey key, SimProcess process) => new Switched(key, process);

    private sealed class Late : CellTable
    {
        public override void Enter(ICell cell)
        {
        }

        public void EnterLate(ICell cell) => base.Enter(cell);
    }

    private sealed class Switched(ActorKey key, SimProcess process) : GrantsCell(key, process)
    {
        private bool _isEntered;

        public override void Wrote(Grants grants, long version)
        {
            Enter();
            base.Wrote(grants, version);
        }

        protected override bool Take(CellLoad load, Grants value, long version)
        {
            Enter();
            return base.Take(load, value, version);
        }

        private void Enter()
        {
            if (!_isEntered)
            {
                _isEntered = true;
                ((Late)Process.Cells).EnterLate(this);
            }
        }
    }
}
