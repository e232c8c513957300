using AuthzCluster.Actors.Finality;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 4: rows that are fenced are not listed, though they may yet be held.</summary>
internal sealed class FencedRowIsTakenForDead : Parts
{
    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database);

    private sealed class Switched(SimProcess process, Wire wire, Database database) : SimLeases(process, wire, database)
    {
        public override async ValueTask<IReadOnlyList<LeaseRow>> ListAsync() => [.. (await base.ListAsync().ConfigureAwait(false)).Where(row => !row.IsFenced)];
    }
}
