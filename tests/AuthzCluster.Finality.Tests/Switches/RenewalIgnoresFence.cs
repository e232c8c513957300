using AuthzCluster.Actors.Finality;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 1: a lease is renewed while its row is there, fenced or not.</summary>
internal sealed class RenewalIgnoresFence : Parts
{
    public override ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database);

    private sealed class Switched(SimProcess process, Wire wire, Database database) : SimLeases(process, wire, database)
    {
        public override async ValueTask<bool> IsHeldAsync(Guid id) => await CallAsync("renew", () => Table.ListAsync().AsTask().Result.Any(row => row.Id == id)).ConfigureAwait(false);
    }
}
