using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 4: which nodes may answer is read before the commit.</summary>
internal sealed class NodesListedBeforeCommit : Parts
{
    private readonly Dictionary<SimProcess, IReadOnlyList<LeaseRow>> _listed = [];

    public override IActorStore Store(SimProcess process, Wire wire, Database database) => new SwitchedStore(this, process, wire, database);

    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new SwitchedLeases(this, process, wire, database);

    private sealed class SwitchedStore(NodesListedBeforeCommit switched, SimProcess process, Wire wire, Database database) : SimStore(process, wire, database)
    {
        public override async ValueTask<CommitOutcome> CommitAsync(Commit commit)
        {
            switched._listed.Remove(Process);
            var rows = await Process.Leases.ListAsync().ConfigureAwait(false);
            var outcome = await base.CommitAsync(commit).ConfigureAwait(false);
            switched._listed[Process] = rows;
            return outcome;
        }
    }

    private sealed class SwitchedLeases(NodesListedBeforeCommit switched, SimProcess process, Wire wire, Database database) : SimLeases(process, wire, database)
    {
        public override async ValueTask<IReadOnlyList<LeaseRow>> ListAsync() =>
            switched._listed.Remove(Process, out var rows) ? rows : await base.ListAsync().ConfigureAwait(false);
    }
}
