using System.Text.Json;
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

    /// <summary>
    /// What stands in the way, as explaining tells it: each as its kind and the policy, the role (of one that is inactive or lacks a permission), the assignment's label or the
    /// permission that it is about, with commas between. Empty: nothing is told. Null: the runner does not explain.
    /// </summary>
    public string? WhyNot { get; init; }

    /// <summary>One thing in the way, in the words of <see cref="WhyNot"/>.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="policy">The policy's id; null: none.</param>
    /// <param name="role">The role's name; null: none.</param>
    /// <param name="assignment">The assignment's label; null: none.</param>
    /// <param name="permission">The permission; null: none.</param>
    public static string Tell(string kind, string? policy, string? role, string? assignment, string? permission) =>
        $"{kind} {policy ?? (kind is "inactive_role" or "missing_permission" ? role : null) ?? assignment ?? permission}";

    /// <summary>What stands in the way, where the assignments' ids are their labels.</summary>
    public static string Tell(IEnumerable<Obstacle> obstacles, Func<string, string>? label = null) => string.Join(", ", obstacles.Select(one => Tell(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Kind.ToString()), one.Policy, one.Role, one.Assignment is { } id ? label?.Invoke(id) ?? id : null, one.Permission?.ToString())));

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
