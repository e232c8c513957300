using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Testing.Cases;

/// <summary>What a runner answered to a check, in the words of the API.</summary>
/// <param name="Reason">The reason code, or the error code of a refused question.</param>
public sealed record CaseOutcome(string Reason)
{
    /// <summary>The reason of an allow.</summary>
    public const string Granted = "granted";

    /// <summary>The reason of an allow that a policy gave.</summary>
    public const string GrantedByPolicy = "granted_by_policy";

    /// <summary>The answer to a malformed question.</summary>
    public static readonly CaseOutcome Invalid = new("validation_failed");

    /// <summary>Whether the subject may.</summary>
    public bool Decision { get; init; } = Reason is Granted or GrantedByPolicy;

    /// <summary>The name of the assigned role; null when denied.</summary>
    public string? MatchedRole { get; init; }

    /// <summary>The canonical text of the granted permission; null when denied.</summary>
    public string? MatchedPermission { get; init; }

    /// <summary>The case's label of the assignment; null when denied. A runner against a server translates the id.</summary>
    public string? MatchedAssignment { get; init; }

    /// <summary>The id of the policy that decided; null: none did.</summary>
    public string? MatchedPolicy { get; init; }

    /// <summary>Until when time alone changes nothing; null: for ever.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The engine's answer, where the assignment's id is its label.</summary>
    public static CaseOutcome Of(Decision decision) => new(CodeOf(decision.Reason))
    {
        Decision = decision.IsAllowed,
        MatchedRole = decision.MatchedRole,
        MatchedPermission = decision.MatchedPermission?.ToString(),
        MatchedAssignment = decision.MatchedAssignment,
        MatchedPolicy = decision.MatchedPolicy,
        ValidUntil = decision.ValidUntil,
    };

    private static string CodeOf(DecisionReason reason) => reason switch
    {
        DecisionReason.Granted => Granted,
        DecisionReason.NoAssignment => "no_assignment",
        DecisionReason.PermissionNotGranted => "permission_not_granted",
        DecisionReason.NotInScope => "not_in_scope",
        DecisionReason.NotOwner => "not_owner",
        DecisionReason.GrantedByPolicy => GrantedByPolicy,
        DecisionReason.DeniedByPolicy => "denied_by_policy",
        DecisionReason.PolicyError => "policy_error",
        _ => "unavailable",
    };
}
