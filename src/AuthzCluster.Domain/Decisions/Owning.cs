using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>That the thing in question were the subject's, its team's or its customer's: what permissions with a scope lack. Conditions may see it too, so that it is a question of its own.</summary>
internal static class Owning
{
    // Of ever so many customers that a subject works for.
    private const int MostCustomers = 4;

    /// <summary>Each way in which it might be, of what permissions with these scopes go by.</summary>
    public static IEnumerable<Change> Each(WhatIf root, IReadOnlyCollection<PermissionScope> scopes)
    {
        if (root.Request.HasExplicitScope)
        {
            yield break;
        }
        if (scopes.Any(scope => scope != PermissionScope.Any))
        {
            yield return Of(Ownership.OwnerId, AttributeValue.Of(root.Request.Subject.Id));
        }
        if (!root.Grants.Teams.IsEmpty && scopes.Any(scope => scope is PermissionScope.Team or PermissionScope.Customer))
        {
            yield return Of(Ownership.TeamId, AttributeValue.Of(root.Grants.Teams[0]));
        }
        foreach (var customer in scopes.Contains(PermissionScope.Customer) ? Customers(root) : [])
        {
            yield return Of(Ownership.CustomerId, customer);
        }
    }

    /// <summary>What is told of it, once it is known what it let count.</summary>
    public static Obstacle Told(SubjectGrants grants, CompiledTenant tenant, Decision decision) =>
        new(decision.MatchedPermission!.Scope == PermissionScope.Own ? ObstacleKind.NotOwner : ObstacleKind.NotInScope)
        {
            Permission = decision.MatchedPermission,
            Assignment = decision.MatchedAssignment,
            Role = decision.MatchedRole,
            Team = grants.All(tenant).FirstOrDefault(one => one.Definition.Id == decision.MatchedAssignment)?.Team,
            Policy = decision.Reason == DecisionReason.GrantedByPolicy ? decision.MatchedPolicy : null,
        };

    private static Change Of(string name, AttributeValue value) => new(
        new Obstacle(ObstacleKind.NotOwner),
        state => state with { Request = state.Request with { ResourceProperties = state.Request.ResourceProperties.With(AttributeBag.Of((name, value))) } });

    private static IEnumerable<AttributeValue> Customers(WhatIf root) => root.Grants.All(root.Tenant).Select(assignment => assignment.Definition.Scope).Prepend(root.Request.SubjectProperties)
        .Select(bag => bag.TryGet(Ownership.CustomerId, out var customer) ? customer : AttributeValue.Null).Where(customer => customer.Kind != AttributeKind.Null).Distinct().Take(MostCustomers);
}
