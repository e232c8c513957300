namespace AuthzCluster.Actors.Storage;

/// <summary>A row of the outbox, waiting to become an audit record.</summary>
/// <param name="Position">Grows with each row of the store; rows of one tenant are taken up in this order.</param>
/// <param name="Payload">What was put there.</param>
public sealed record PendingRow(long Position, byte[] Payload);
