using System.Xml;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Requests;

/// <summary>What a request may ask for.</summary>
internal static class RequestRules
{
    private const int LongestTicket = 200, LongestComment = 2_000;

    // An end must be an instant that there is.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>What is wrong with a length of time; null: nothing.</summary>
    public static string? LengthProblem(TimeSpan length) =>
        length <= TimeSpan.Zero ? "must be longer than nothing" : length > Longest ? $"must be at most {Text(Longest)}" : null;

    /// <summary>A length of time as callers write it: ISO 8601.</summary>
    public static string Text(TimeSpan length) => XmlConvert.ToString(length);

    public static AuthzError? CheckComment(string? comment) =>
        TextRules.TextProblem(comment, LongestComment) is { } problem ? AuthzError.Invalid("comment", problem) : null;

    /// <summary>All that is wrong with a draft by itself, and by what the role asks of requests.</summary>
    public static List<FieldError> Check(RoleRequestDraft draft, RequestPolicy? policy, DateTimeOffset now, CustomConditions custom)
    {
        var (errors, grant) = (new List<FieldError>(), draft.Grant);
        AssignmentRules.CheckPrincipal(grant.Principal, "", errors);
        AssignmentRules.Check(grant, "", errors, custom);
        Add(TextRules.TextProblem(draft.Ticket, LongestTicket), "ticket");
        Add(draft.Duration is { } length ? LengthProblem(length) : null, "duration");
        Add(draft.Duration is not null && grant.ExpiresAt is not null ? "must not be given beside `expires_at`" : null, "duration");
        Add(grant.ExpiresAt <= now ? "is in the past" : null, "expires_at");
        Add(policy is { RequireReason: true } && string.IsNullOrWhiteSpace(grant.Reason) ? "is required for this role" : null, "reason");
        Add(policy is { RequireTicket: true } && string.IsNullOrWhiteSpace(draft.Ticket) ? "is required for this role" : null, "ticket");
        if (errors.Count == 0 && policy?.MaxDuration is { } most)
        {
            var asked = draft.Duration ?? (grant.ExpiresAt - (grant.StartsAt > now ? grant.StartsAt.Value : now));
            Add(asked is null ? $"is needed, or `expires_at`: this role is given for {Text(most)} at most"
                : asked > most ? $"is too long: this role is given for {Text(most)} at most" : null, grant.ExpiresAt is null ? "duration" : "expires_at");
        }
        return errors;

        void Add(string? problem, string field)
        {
            if (problem is not null)
            {
                errors.Add(new FieldError(field, problem));
            }
        }
    }
}
