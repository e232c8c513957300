namespace AuthzCluster.Actors.Storage;

/// <summary>An audit record as the chain of hashes sees it.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Payload">The stored bytes.</param>
/// <param name="Hash">What is stored as the hash over the previous one and them.</param>
public sealed record StoredLink(long Sequence, byte[] Payload, byte[] Hash);
