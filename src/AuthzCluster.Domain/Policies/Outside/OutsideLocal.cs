using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>What was decided here, before an outside engine has the final word.</summary>
/// <param name="IsAllowed">Whether it would be allowed.</param>
/// <param name="Reason">Why.</param>
public sealed record OutsideLocal(bool IsAllowed, DecisionReason Reason);
