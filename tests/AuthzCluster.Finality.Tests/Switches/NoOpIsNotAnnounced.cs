using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>Rule 4: a write that finds nothing to change is acknowledged without announcing what is stored.</summary>
internal sealed class NoOpIsNotAnnounced : Parts
{
    public override IAnnounce Announce(IAnnounce real, Func<GrantsActor> actor) => new Switched(real, actor);

    private sealed class Switched(IAnnounce real, Func<GrantsActor> actor) : IAnnounce
    {
        public ValueTask AcknowledgedEverywhereAsync(params ReadOnlySpan<StoredRevision> revisions) => actor().HasCommitted ? real.AcknowledgedEverywhereAsync(revisions) : default;

        public ValueTask TenantGoneEverywhereAsync(TenantId tenant) => real.TenantGoneEverywhereAsync(tenant);
    }
}
