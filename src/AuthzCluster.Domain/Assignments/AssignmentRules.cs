using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Assignments;

/// <summary>What an assignment may be by itself.</summary>
internal static class AssignmentRules
{
    /// <summary>How many live assignments a subject or a team may have, and how many teams a subject may be in.</summary>
    public const int MostLive = 1_000, MostTeams = 1_000;

    private const int MostScopeKeys = 16, LongestScopeText = 1_024, LongestReason = 2_000, LongestMetadata = 16 * 1024;

    public static void CheckPrincipal(SubjectId principal, string prefix, List<FieldError> errors)
    {
        Add(TextRules.TypeProblem(principal.Type), $"{prefix}principal.type", errors);
        Add(TextRules.IdProblem(principal.Id), $"{prefix}principal.id", errors);
    }

    public static void CheckTeam(string team, string path, List<FieldError> errors) => Add(TextRules.IdProblem(team), path, errors);

    /// <summary>Adds what is wrong with all but the principal. An end in the past is nothing wrong: it is over, and that is told.</summary>
    public static void Check(AssignmentDraft draft, string prefix, List<FieldError> errors, CustomConditions custom)
    {
        CheckScope(draft.Scope, $"{prefix}scope", errors);
        CheckChangeable(Instants.Cut(draft.StartsAt), Instants.Cut(draft.ExpiresAt), draft.Conditions, draft.Reason, draft.Metadata, prefix, errors, custom);
    }

    /// <summary>Adds what is wrong with an assignment after a patch.</summary>
    public static void Check(Assignment patched, List<FieldError> errors, CustomConditions custom) =>
        CheckChangeable(patched.StartsAt, patched.ExpiresAt, patched.Conditions, patched.Reason, patched.Metadata, "", errors, custom);

    private static void CheckChangeable(
        DateTimeOffset? startsAt, DateTimeOffset? expiresAt, IReadOnlyList<Condition> conditions, string? reason, AttributeBag metadata,
        string prefix, List<FieldError> errors, CustomConditions custom)
    {
        if (startsAt >= expiresAt)
        {
            errors.Add(new FieldError($"{prefix}expires_at", "must be later than starts_at"));
        }
        StoredConditions.Check(conditions, $"{prefix}conditions", errors, custom);
        Add(TextRules.TextProblem(reason, LongestReason), $"{prefix}reason", errors);
        AttributeRules.Check(metadata, $"{prefix}metadata", LongestMetadata, errors);
    }

    private static void CheckScope(AttributeBag scope, string path, List<FieldError> errors)
    {
        if (scope.Count > MostScopeKeys)
        {
            errors.Add(new FieldError(path, $"must have at most {MostScopeKeys} keys"));
            return;
        }
        foreach (var (key, _) in scope)
        {
            Add(TextRules.IdProblem(key) is { } wrong ? $"a key {wrong}" : null, $"{path}.{key}", errors);
        }
        AttributeRules.Check(scope, path, LongestScopeText, errors);
    }

    private static void Add(string? problem, string path, List<FieldError> errors)
    {
        if (problem is not null)
        {
            errors.Add(new FieldError(path, problem));
        }
    }
}
