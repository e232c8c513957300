using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 5: who has no lease of its own fences all the same.</summary>
internal sealed class FenceWithoutOwnLease : Parts
{
    public override CellTable AnnouncersCells(SimProcess process) => new Held(process.Cells);

    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database);

    private sealed class Switched(SimProcess process, Wire wire, Database database) : SimLeases(process, wire, database)
    {
        public override async ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own) => await CallAsync("fence", () => Table.FenceAsync(id, id).AsTask().Result).ConfigureAwait(false);
    }

    private sealed class Held : CellTable
    {
        private readonly CellTable _real;

        public Held(CellTable real) => (_real, Lease) = (real, NodeLease.Always);

        public override void Raise(ActorKey key, long revision) => _real.Raise(key, revision);
    }
}
