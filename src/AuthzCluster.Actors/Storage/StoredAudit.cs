namespace AuthzCluster.Actors.Storage;

/// <summary>An audit record as it is stored: the columns that are searched, and the hashed bytes.</summary>
/// <param name="Sequence">1, 2, 3 … without a gap.</param>
/// <param name="Time">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What.</param>
/// <param name="TargetType">To what kind of thing.</param>
/// <param name="TargetId">To which.</param>
/// <param name="Payload">The bytes that <paramref name="Hash"/> is over, with the previous hash.</param>
/// <param name="Hash">SHA-256, 32 bytes.</param>
public sealed record StoredAudit(
    long Sequence, DateTimeOffset Time, string Actor, string Action, string TargetType, string TargetId, byte[] Payload, byte[] Hash)
{
    /// <summary>What it is about besides its target, to be found by; given when it is appended, not read back.</summary>
    public IReadOnlyList<AuditTarget> About { get; init; } = [];

    /// <summary>The hash of the record before it, where a list tells; null: it is the first, or was not asked for.</summary>
    public byte[]? Previous { get; init; }
}
