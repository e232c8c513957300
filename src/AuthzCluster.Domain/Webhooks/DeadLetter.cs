namespace AuthzCluster.Domain.Webhooks;

/// <summary>An event that was given up.</summary>
/// <param name="Sequence">By which it can be replayed.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Type">What happened.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why the last attempt failed.</param>
public sealed record DeadLetter(long Sequence, string EventId, string Type, DateTimeOffset FailedAt, int Attempts, string Error);
