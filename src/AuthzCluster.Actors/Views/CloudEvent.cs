namespace AuthzCluster.Actors.Views;

/// <summary>An event as it is sent: one audit record as CloudEvents 1.0 JSON.</summary>
/// <param name="Sequence">That of its audit record: 1, 2, 3 …, with gaps where records are no events.</param>
/// <param name="Id">Unique; the same each time it is sent.</param>
/// <param name="Type">What happened, such as <c>role.assigned</c>.</param>
/// <param name="Json">The whole event, on one line.</param>
public sealed record CloudEvent(long Sequence, string Id, string Type, string Json);
