using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage.Postgres.Reading;

/// <summary>A state that somebody waits for.</summary>
/// <param name="key">The actor.</param>
internal sealed class WantedState(ActorKey key) : TaskCompletionSource<StoredState?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public ActorKey Key => key;
}
