using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Makes sure that no node answers from before a change. Called before every acknowledgement, that of a no-op too.</summary>
public interface IAnnounce
{
    /// <summary>Completes when no evaluation that starts afterwards, on any node, reads a state of these actors below its revision.</summary>
    /// <param name="revisions">What was committed, or found: all of it is told at once.</param>
    /// <exception cref="StoreUnavailableException">It cannot be made sure; the change is durable, but must not be acknowledged.</exception>
    ValueTask AcknowledgedEverywhereAsync(params ReadOnlySpan<StoredRevision> revisions);

    /// <summary>Completes when no evaluation that starts afterwards, on any node, reads what was stored of a tenant before.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made sure.</exception>
    ValueTask TenantGoneEverywhereAsync(TenantId tenant);
}
