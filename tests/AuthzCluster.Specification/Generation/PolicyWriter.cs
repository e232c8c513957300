using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Generation;

/// <summary>Writes policies as a case file has them.</summary>
internal static class PolicyWriter
{
    public static string Write(IEnumerable<PolicyDefinition> policies) => CaseWriter.List(policies.OrderBy(policy => policy.Id, StringComparer.Ordinal), One);

    private static string One(PolicyDefinition policy) =>
        $"{{id: {CaseWriter.Quote(policy.Id)}, effect: {policy.Effect.ToString().ToLowerInvariant()}, priority: {policy.Priority}, "
        + $"is_active: {(policy.IsActive ? "true" : "false")}, resources: {Texts(policy.Resources)}, actions: {Texts(policy.Actions)}, "
        + $"principals: {Texts(policy.Principals)}, grant_permissions: {Texts(policy.GrantPermissions.Select(permission => permission.ToString()))}"
        + $"{CaseWriter.Conditions(policy.Conditions)}}}";

    private static string Texts(IEnumerable<string> texts) => CaseWriter.List(texts, CaseWriter.Quote);
}
