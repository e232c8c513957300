using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Ports;

/// <summary>Makes sure that no node answers from before a change. Called before every acknowledgement, that of a no-op too.</summary>
public interface IAnnounce
{
    /// <summary>Completes when no evaluation that starts afterwards, on any node, reads a state of <paramref name="key"/> below <paramref name="revision"/>.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made sure; the change is durable, but must not be acknowledged.</exception>
    ValueTask AcknowledgedEverywhereAsync(ActorKey key, long revision);
}
