namespace AuthzCluster.Actors.Views;

/// <summary>Some events of a tenant, in order.</summary>
/// <param name="Events">What was found, possibly nothing.</param>
/// <param name="Last">Up to where was looked: the next slice begins behind it.</param>
/// <param name="IsMore">Whether there are records behind that already.</param>
public sealed record EventSlice(IReadOnlyList<CloudEvent> Events, long Last, bool IsMore);
