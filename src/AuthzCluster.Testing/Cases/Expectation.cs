using System.Globalization;

namespace AuthzCluster.Testing.Cases;

/// <summary>The answer that a check must get. What a case does not say of an allow is not compared.</summary>
/// <param name="Reason">The reason code, or the error code of a question that must be refused.</param>
public sealed record Expectation(string Reason)
{
    /// <summary>Whether the subject may.</summary>
    public bool Decision => Reason is CaseOutcome.Granted or CaseOutcome.GrantedByPolicy;

    /// <summary>The assigned role's name; null: not said.</summary>
    public string? MatchedRole { get; init; }

    /// <summary>The canonical permission; null: not said.</summary>
    public string? MatchedPermission { get; init; }

    /// <summary>The assignment's label; null: not said.</summary>
    public string? MatchedAssignment { get; init; }

    /// <summary>Whether <see cref="MatchedPolicy"/> is said.</summary>
    public bool SaysMatchedPolicy { get; init; }

    /// <summary>The policy's id; null: none must have decided.</summary>
    public string? MatchedPolicy { get; init; }

    /// <summary>Whether <see cref="ValidUntil"/> is said.</summary>
    public bool SaysValidUntil { get; init; }

    /// <summary>The expected instant; null: the answer must name none.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>What <c>why_not</c> must tell, as <see cref="CaseOutcome.WhyNot"/>; null: not said.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Each difference as <c>FIELD: expected X, was Y</c>; none when the answer is as it must be.</summary>
    public IEnumerable<string> Check(CaseOutcome actual)
    {
        if (actual.Decision != Decision)
        {
            yield return Differs("decision", Decision.ToString(), actual.Decision.ToString());
        }
        if (actual.Reason != Reason)
        {
            yield return Differs("reason", Reason, actual.Reason);
        }
        foreach (var (field, expected, was) in new[]
        {
            ("matched_role", MatchedRole, actual.MatchedRole),
            ("matched_permission", MatchedPermission, actual.MatchedPermission),
            ("matched_assignment", MatchedAssignment, actual.MatchedAssignment),
        })
        {
            // A denial names nothing that matched, but for a policy.
            if (Decision ? expected is not null && expected != was : was is not null)
            {
                yield return Differs(field, expected, was);
            }
        }
        if (SaysMatchedPolicy && actual.MatchedPolicy != MatchedPolicy)
        {
            yield return Differs("matched_policy", MatchedPolicy, actual.MatchedPolicy);
        }
        if (SaysValidUntil && actual.ValidUntil != ValidUntil)
        {
            yield return Differs("valid_until", Text(ValidUntil), Text(actual.ValidUntil));
        }
        if (WhyNot is not null && actual.WhyNot is not null && actual.WhyNot != WhyNot)
        {
            yield return Differs("why_not", WhyNot, actual.WhyNot);
        }
    }

    private static string Differs(string field, string? expected, string? was) => $"{field}: expected {expected ?? "null"}, was {was ?? "null"}";

    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
