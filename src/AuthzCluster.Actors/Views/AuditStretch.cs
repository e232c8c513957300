using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Actors.Views;

/// <summary>A stretch of an audit log that was verified.</summary>
/// <param name="Records">How many records of it are as they were written.</param>
/// <param name="End">Behind the last of them: where to go on.</param>
/// <param name="IsEnd">Whether the log ends there.</param>
public sealed record AuditStretch(long Records, AuditMark End, bool IsEnd)
{
    /// <summary>The first record that is not as it was written; null: all are.</summary>
    public AuditBreak? Break { get; init; }
}
