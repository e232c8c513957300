namespace AuthzCluster.Actors.Finality;

/// <summary>A row of the table of leases.</summary>
/// <param name="Id">The lease.</param>
/// <param name="Node">The process that holds it, as messages find it.</param>
/// <param name="IsFenced">It is not renewed any more; it may still be held for <paramref name="Duration"/>.</param>
/// <param name="Duration">How long it counts after a read of its row.</param>
public sealed record LeaseRow(Guid Id, string Node, bool IsFenced, TimeSpan Duration);
