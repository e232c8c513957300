using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Governance;

/// <summary>What a change has to say for the audit log, decided together with the change itself.</summary>
/// <param name="Action">What was done, such as <c>role.updated</c>.</param>
/// <param name="TargetType">The kind of thing it was done to: <c>role</c>, <c>assignment</c>, <c>team</c>, <c>tenant</c>, <c>entity</c>.</param>
/// <param name="TargetId">Its id.</param>
/// <param name="Before">What it was; of a large thing what of it changed; null: it was not there.</param>
/// <param name="After">What it is; likewise; null: it is gone.</param>
public sealed record AuditEntry(string Action, string TargetType, string TargetId, AttributeBag? Before, AttributeBag? After)
{
    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }
}
