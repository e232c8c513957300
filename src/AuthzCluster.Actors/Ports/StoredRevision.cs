using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Ports;

/// <summary>How far an actor's stored state has come.</summary>
/// <param name="Key">The actor.</param>
/// <param name="Revision">Its stored version; <see cref="long.MaxValue"/>: it has none any more, nothing that was read before counts.</param>
public readonly record struct StoredRevision(ActorKey Key, long Revision);
