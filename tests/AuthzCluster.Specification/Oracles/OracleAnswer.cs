namespace AuthzCluster.Specification.Oracles;

/// <summary>What the contract says about a question.</summary>
/// <param name="Reason">The reason code.</param>
/// <param name="MatchedRole">The assigned role's name; null when denied.</param>
/// <param name="MatchedPermission">The granted permission's text; null when denied.</param>
/// <param name="MatchedAssignment">The assignment's id; null when denied.</param>
/// <param name="MatchedPolicy">The id of the policy that decided; null: none did.</param>
/// <param name="ValidUntil">The first instant at which time alone changes allow to deny or back; null: never, or not until <see cref="LookedUntil"/>.</param>
public sealed record OracleAnswer(
    string Reason, string? MatchedRole = null, string? MatchedPermission = null, string? MatchedAssignment = null, string? MatchedPolicy = null, DateTimeOffset? ValidUntil = null)
{
    /// <summary>Where conditions go by the clock, the last instant that was looked at; null: all were.</summary>
    public DateTimeOffset? LookedUntil { get; init; }

    /// <summary>Whether an engine that says this of the time agrees.</summary>
    public bool AgreesOn(DateTimeOffset? validUntil) => ValidUntil == validUntil || (ValidUntil is null && validUntil > LookedUntil);

    /// <summary>Whether the subject may.</summary>
    public bool IsAllowed => Reason is "granted" or "granted_by_policy";
}
