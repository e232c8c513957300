namespace AuthzCluster.Actors.Storage;

/// <summary>State as it is stored.</summary>
/// <param name="Key">The actor.</param>
/// <param name="Version">Its version; at least 1.</param>
/// <param name="State">The bytes.</param>
public sealed record StoredState(ActorKey Key, long Version, byte[] State);
