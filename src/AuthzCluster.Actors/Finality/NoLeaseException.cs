using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Finality;

/// <summary>The node holds no lease, so that nothing is read or written by it for now: another node may, or this one in a moment.</summary>
public sealed class NoLeaseException() : StoreUnavailableException("this node holds no lease", isOutcomeKnown: true);
