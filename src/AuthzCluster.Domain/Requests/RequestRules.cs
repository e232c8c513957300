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

    /// <summary>What is wrong with a request by what the role asks of them.</summary>
    public static List<FieldError> CheckPolicy(
        TimeSpan? duration, DateTimeOffset? startsAt, DateTimeOffset? expiresAt, string? reason, string? ticket, RequestPolicy? policy, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (policy is { RequireReason: true } && string.IsNullOrWhiteSpace(reason))
        {
            errors.Add(new("reason", "is required for this role"));
        }
        if (policy is { RequireTicket: true } && string.IsNullOrWhiteSpace(ticket))
        {
            errors.Add(new("ticket", "is required for this role"));
        }
        var asked = duration ?? (expiresAt - (startsAt > now ? startsAt.Value : now));
        if (policy?.MaxDuration is { } most && (asked is null || asked > most))
        {
            errors.Add(new(expiresAt is null ? "duration" : "expires_at",
                asked is null ? $"is needed, or `expires_at`: this role is given for {Text(most)} at most" : $"is too long: this role is given for {Text(most)} at most"));
        }
        return errors;
    }

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
        var byPolicy = CheckPolicy(draft.Duration, grant.StartsAt, grant.ExpiresAt, grant.Reason, draft.Ticket, policy, now);
        errors.AddRange(errors.Count == 0 ? byPolicy : byPolicy.Where(error => error.Field is "reason" or "ticket"));
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
