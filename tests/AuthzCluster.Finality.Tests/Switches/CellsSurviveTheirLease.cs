using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 3: what was taken under an earlier lease is answered from under the next one.</summary>
internal sealed class CellsSurviveTheirLease : Parts
{
    public override GrantsCell Cell(ActorKey key, SimProcess process) => new Kept(key, process);

    public override async Task<Grants?> EvaluateAsync(SimProcess process, GrantsCell cell) =>
        process.Cells.HeldLease() is not null && ((Kept)cell).IsAboveFloor ? cell.Latest : await base.EvaluateAsync(process, cell).ConfigureAwait(false);

    private sealed class Kept(ActorKey key, SimProcess process) : GrantsCell(key, process)
    {
        public bool IsAboveFloor => Latest is not null && LatestVersion >= Floor;
    }
}
