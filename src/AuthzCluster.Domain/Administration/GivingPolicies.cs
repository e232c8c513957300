using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Administration;

/// <summary>A tenant's policies that give something to those whom they name. What gives to all is given by nobody.</summary>
internal sealed class GivingPolicies
{
    private readonly Dictionary<string, List<PolicyDefinition>> _exact = new(StringComparer.Ordinal);
    private readonly List<(PolicyPattern Principal, PolicyDefinition Policy)> _patterns = [];

    public GivingPolicies(TenantModel model)
    {
        foreach (var policy in model.Policies.Values.Where(policy => policy is { IsActive: true, Effect: PolicyEffect.Allow, GrantPermissions.Length: > 0, Principals.Length: > 0 }))
        {
            PolicyPattern[] principals = [.. policy.Principals.Select(PolicyPattern.OfPrincipal)];
            foreach (var principal in Array.Exists(principals, one => one.Kind == PolicyPattern.Form.All) ? [] : principals)
            {
                if (principal.Kind != PolicyPattern.Form.Exact)
                {
                    _patterns.Add((principal, policy));
                }
                else if (_exact.TryGetValue(principal.Text, out var known))
                {
                    known.Add(policy);
                }
                else
                {
                    _exact.Add(principal.Text, [policy]);
                }
            }
        }
    }

    /// <summary>Those that name a principal such as <c>role:NAME</c> or <c>team:ID</c>; one may be told twice.</summary>
    public IEnumerable<PolicyDefinition> To(string principal) =>
        _exact.GetValueOrDefault(principal, []).Concat(_patterns.Where(one => one.Principal.Matches(principal)).Select(one => one.Policy));
}
