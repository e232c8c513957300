using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Makes sure that no node answers from before a change. Called before every acknowledgement, that of a no-op too.</summary>
public interface IAnnounce
{
    /// <summary>Completes when no evaluation that starts afterwards, on any node, reads a state of <paramref name="key"/> below <paramref name="revision"/>.</summary>
    /// <param name="key">The actor whose state was committed.</param>
    /// <param name="revision">Its stored version; <see cref="long.MaxValue"/>: it has none any more, nothing that was read before counts.</param>
    /// <exception cref="StoreUnavailableException">It cannot be made sure; the change is durable, but must not be acknowledged.</exception>
    ValueTask AcknowledgedEverywhereAsync(ActorKey key, long revision);

    /// <summary>Completes when no evaluation that starts afterwards, on any node, reads what was stored of a tenant before.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made sure.</exception>
    ValueTask TenantGoneEverywhereAsync(TenantId tenant);
}
