namespace AuthzCluster.Hosting.Finality;

/// <summary>What a node tells of its lease and its announcements.</summary>
/// <param name="IsHeld">Whether it holds its lease: if not, it refuses evaluations.</param>
/// <param name="Age">Since the latest read that found its lease unfenced was sent; null: there was none yet.</param>
/// <param name="LeasesTaken">How many leases it took since its start.</param>
/// <param name="FencesSuffered">How many of them were fenced by others, or lost.</param>
/// <param name="FencesIssued">How many leases of others it fenced.</param>
/// <param name="LongestAnnounce">How long the slowest announcement took that was confirmed everywhere.</param>
/// <param name="FailedAnnounces">How many could not be made sure of.</param>
/// <param name="RefusedEvaluations">How many evaluations it refused for want of a lease.</param>
public sealed record FinalityHealth(
    bool IsHeld, TimeSpan? Age, long LeasesTaken, long FencesSuffered, long FencesIssued, TimeSpan LongestAnnounce, long FailedAnnounces, long RefusedEvaluations);
