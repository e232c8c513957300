namespace AuthzCluster.Domain.Governance;

/// <summary>What is wrong where an audit log is not as it was written.</summary>
public enum AuditFault : byte
{
    /// <summary>Records are missing before one that is there.</summary>
    Gap,
    /// <summary>The record's bytes are not those that were hashed.</summary>
    Changed,
    /// <summary>The record's bytes are those that were hashed, and its hash is another.</summary>
    WrongHash,
    /// <summary>The record was written in another place of the log.</summary>
    WrongOrder,
    /// <summary>A record that was there when a checkpoint was made is not there any more.</summary>
    Missing,
    /// <summary>The log is whole by itself, and not the one that a checkpoint was made of.</summary>
    Rewritten,
}
