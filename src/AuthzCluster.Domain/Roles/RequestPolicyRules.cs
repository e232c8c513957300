using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Domain.Roles;

/// <summary>What a role may say of requests for it.</summary>
internal static class RequestPolicyRules
{
    public const int MostApprovals = 10;
    private const int MostPrincipals = 100;

    /// <summary>The policy with its principals written as <c>TYPE:ID</c>, in order and each once; adds what is wrong with it.</summary>
    public static RequestPolicy? Read(RequestPolicy? draft, string prefix, List<FieldError> errors)
    {
        if (draft is null)
        {
            return null;
        }
        var path = $"{prefix}request_policy.";
        Add(draft.Approvals is < 1 or > MostApprovals ? $"must be 1 to {MostApprovals}" : null, "approvals");
        Add(draft.MaxDuration is { } longest ? RequestRules.LengthProblem(longest) : null, "max_duration");
        return draft with { Requesters = Names(draft.Requesters, "requesters"), Approvers = Names(draft.Approvers, "approvers") };

        ImmutableArray<string> Names(ImmutableArray<string> names, string field)
        {
            Add(names.Length > MostPrincipals ? $"must be at most {MostPrincipals}" : null, field);
            for (var i = 0; i < names.Length; i++)
            {
                var principal = SubjectId.Parse(names[i] ?? "");
                Add(TextRules.TypeProblem(principal.Type) is { } problem ? $"its type {problem}" : TextRules.IdProblem(principal.Id), $"{field}[{i}]");
            }
            return [.. names.Select(name => SubjectId.Parse(name ?? "").ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        void Add(string? problem, string field)
        {
            if (problem is not null)
            {
                errors.Add(new FieldError(path + field, problem));
            }
        }
    }
}
