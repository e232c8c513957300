using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The oracle's steps 4 to 6, over one question.</summary>
internal sealed class OraclePolicies(TenantModel model, SubjectAssignments held, SubjectId subject, OraclePermission asked, OracleConditions words)
{
    public OracleAnswer Decide(OracleAnswer granted, IReadOnlyCollection<RoleDefinition> counting, Func<int, bool> scopeCounts, DateTimeOffset now)
    {
        var ordered = All(counting)
            .Where(policy => policy.IsActive && Targets(policy, counting))
            .OrderByDescending(policy => policy.Priority).ThenByDescending(policy => policy.Effect == PolicyEffect.Deny).ThenBy(policy => policy.Id, StringComparer.Ordinal);
        foreach (var policy in ordered)
        {
            var holds = words.All(policy.Conditions, now);
            if (policy.Effect == PolicyEffect.Deny)
            {
                if (holds != false)
                {
                    return new OracleAnswer(holds is null ? "policy_error" : "denied_by_policy", MatchedPolicy: policy.Id);
                }
                continue;
            }
            if (holds == true && granted.IsAllowed)
            {
                return granted with { MatchedPolicy = policy.Id };
            }
            if (holds == true && Covering(policy, scopeCounts) is { } covering)
            {
                return new OracleAnswer("granted_by_policy", MatchedPermission: covering.ToString(), MatchedPolicy: policy.Id);
            }
        }
        return granted;
    }

    /// <summary>Those of the tenant, of its packs and of roles.</summary>
    public IEnumerable<PolicyDefinition> All(IEnumerable<RoleDefinition> roles) =>
        model.Policies.Values.Concat(PackPolicies.Of(model.Packs)).Concat(roles.SelectMany(role => role.Policies));

    private OraclePermission? Covering(PolicyDefinition policy, Func<int, bool> scopeCounts) => policy.GrantPermissions
        .Select(permission => OraclePermission.Read(permission.ToString())!)
        .Where(one => one.Matches(asked) && (asked.IsExplicit ? one.Scope >= asked.Scope : scopeCounts(one.Scope)))
        .OrderByDescending(one => one.Resource == asked.Resource ? int.MaxValue : one.Resource.Length)
        .ThenByDescending(one => one.Action == asked.Action).ThenBy(one => one.Scope).FirstOrDefault();

    private bool Targets(PolicyDefinition policy, IReadOnlyCollection<RoleDefinition> counting)
    {
        string[] scopes = ["own", "team", "customer", "*"];
        return Any(policy.Resources, asked.Resource, $"{asked.Resource}:{asked.Action}", $"{asked.Resource}:{asked.Action}:{scopes[asked.Scope]}")
            && Any(policy.Actions, asked.Action)
            && Any([.. policy.Principals.Select(one => one.Contains(':') || one.StartsWith('*') ? one : $"user:{one}")],
                [$"{subject.Type}:{subject.Id}", .. held.Teams.Select(team => $"team:{team}"), .. counting.Select(role => $"role:{role.Name}")]);
    }

    private static bool Any(IReadOnlyCollection<string> patterns, params string[] texts) => patterns.Count == 0 || patterns.Any(pattern => texts.Any(text =>
        pattern == "*" || pattern == text
        || (pattern.EndsWith('*') && text.StartsWith(pattern[..^1], StringComparison.Ordinal))
        || (pattern.StartsWith('*') && text.EndsWith(pattern[1..], StringComparison.Ordinal))));
}
