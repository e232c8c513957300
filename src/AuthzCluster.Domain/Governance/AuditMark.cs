namespace AuthzCluster.Domain.Governance;

/// <summary>A place in a tenant's audit log: behind which record, and what its hash is.</summary>
/// <param name="Sequence">Of that record; 0: before the first.</param>
public sealed record AuditMark(long Sequence)
{
    /// <summary>Lower-case hex SHA-256 that the record must have; null: whichever it has.</summary>
    public string? Hash { get; init; }

    /// <summary>Before the first record.</summary>
    public static AuditMark Beginning { get; } = new(0);
}
