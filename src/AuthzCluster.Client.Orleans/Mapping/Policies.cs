using AuthzCluster.Client.Http;
using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Domain.Errors;
using Effect = AuthzCluster.Domain.Policies.PolicyEffect;
using PolicyDefinition = AuthzCluster.Domain.Policies.PolicyDefinition;
using PolicyDraft = AuthzCluster.Domain.Policies.PolicyDraft;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Policies of roles.</summary>
internal static class Policies
{
    public static PolicyDraft Read(PolicyRule rule, string path)
    {
        if (string.IsNullOrWhiteSpace(rule.Name))
        {
            throw Failures.Of([new FieldError($"{path}name", "must not be blank")]);
        }
        return new PolicyDraft
        {
            Id = rule.RuleId.Length == 0 ? null : Texts.Id(rule.RuleId, $"{path}id"),
            Name = rule.Name,
            Description = rule.Description,
            Effect = rule.Effect == PolicyEffect.Deny ? Effect.Deny : Effect.Allow,
            Resources = rule.Resources,
            Actions = rule.Actions,
            Principals = rule.Principals,
            Conditions = Conditions.Read(PolicyWire.ConditionsOf(rule), $"{path}conditions"),
            Priority = rule.Priority,
            IsActive = rule.IsActive,
            GrantPermissions = rule.GrantPermissions,
        };
    }

    /// <summary>As it is; or its id alone, where the caller may not read policies.</summary>
    public static PolicyRule Write(PolicyDefinition policy, bool isShown) => !isShown ? new PolicyRule { RuleId = policy.Id } : new PolicyRule
    {
        RuleId = policy.Id,
        Name = policy.Name,
        Description = policy.Description,
        Effect = policy.Effect == Effect.Deny ? PolicyEffect.Deny : PolicyEffect.Allow,
        Resources = policy.Resources,
        Actions = policy.Actions,
        Principals = policy.Principals,
        Conditions = Conditions.Write(policy.Conditions),
        Priority = policy.Priority,
        IsActive = policy.IsActive,
        GrantPermissions = [.. policy.GrantPermissions.Select(permission => permission.ToString())],
        Version = policy.Version,
    };
}
