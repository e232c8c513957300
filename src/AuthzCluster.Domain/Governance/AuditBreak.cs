namespace AuthzCluster.Domain.Governance;

/// <summary>The first record of an audit log that is not as it was written.</summary>
/// <param name="Sequence">Which; of a gap the first that is missing.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Detail">One sentence for a person.</param>
public sealed record AuditBreak(long Sequence, AuditFault Fault, string Detail);
