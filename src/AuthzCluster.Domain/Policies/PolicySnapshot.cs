using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Policies;

/// <summary>A policy as the audit log tells of it: the members of the API.</summary>
internal static class PolicySnapshot
{
    /// <summary>The policy; null for none.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="role">The role that it is attached to; null: it is the tenant's.</param>
    public static AttributeBag? Of(PolicyDefinition? policy, RoleDefinition? role) => policy is null ? null : AttributeBag.Of(
    [
        ("id", AttributeValue.Of(policy.Id)),
        ("name", AttributeValue.Of(policy.Name)),
        ("description", RoleSnapshot.Text(policy.Description)),
        ("effect", AttributeValue.Of(policy.Effect == PolicyEffect.Deny ? "deny" : "allow")),
        ("resources", Texts(policy.Resources)),
        ("actions", Texts(policy.Actions)),
        ("principals", Texts(policy.Principals)),
        ("conditions", RoleSnapshot.Conditions(policy.Conditions)),
        ("priority", AttributeValue.Of((decimal)policy.Priority)),
        ("is_active", AttributeValue.Of(policy.IsActive)),
        ("grant_permissions", RoleSnapshot.Texts(policy.GrantPermissions)),
        ("version", AttributeValue.Of((decimal)policy.Version)),
        .. role is null ? ReadOnlySpan<(string, AttributeValue)>.Empty : [("role_id", AttributeValue.Of(role.Id.Value))],
    ]);

    private static AttributeValue Texts(IEnumerable<string> texts) => AttributeValue.Of([.. texts.Select(AttributeValue.Of)]);
}
