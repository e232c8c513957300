using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Requests;

/// <summary>What an edit of a request decided.</summary>
/// <param name="State">What it is then.</param>
/// <param name="Audit">What the log is told.</param>
public sealed record RequestChange(RoleRequest State, AuditEntry Audit);
