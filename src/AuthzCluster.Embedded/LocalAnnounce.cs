using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded;

/// <summary>
/// Announcing where there is one node: nothing to do. The swap that comes before it is what every later evaluation
/// reads, since actors and evaluations share the one copy.
/// </summary>
internal sealed class LocalAnnounce : IAnnounce
{
    public ValueTask AcknowledgedEverywhereAsync(params ReadOnlySpan<StoredRevision> revisions) => ValueTask.CompletedTask;

    public ValueTask TenantGoneEverywhereAsync(TenantId tenant) => ValueTask.CompletedTask;
}
