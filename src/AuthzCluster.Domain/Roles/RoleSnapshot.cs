using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Domain.Roles;

/// <summary>A role as the audit log tells of it: the members of the API; of many permissions only what changed.</summary>
internal static class RoleSnapshot
{
    /// <summary>A role with more permissions than this is told as a delta.</summary>
    public const int MostListed = 200;

    /// <summary>The role before and after; null: it was, or is, not there.</summary>
    public static (AttributeBag? Before, AttributeBag? After) Of(RoleDefinition? before, RoleDefinition? after)
    {
        var (had, has) = (before?.Permissions ?? [], after?.Permissions ?? []);
        if (had.Length <= MostListed && has.Length <= MostListed)
        {
            return (Members(before, ("permissions", Texts(had))), Members(after, ("permissions", Texts(has))));
        }
        return (
            Members(before, ("permissions_removed", Texts(Without(had, has))), ("permissions_count", AttributeValue.Of((decimal)had.Length))),
            Members(after, ("permissions_added", Texts(Without(has, had))), ("permissions_count", AttributeValue.Of((decimal)has.Length))));
    }

    /// <summary>What a change of the hierarchy concerns.</summary>
    public static AttributeBag Hierarchy(RoleDefinition role) => AttributeBag.Of(
        ("id", AttributeValue.Of(role.Id.Value)),
        ("name", AttributeValue.Of(role.Name)),
        ("hierarchy_level", AttributeValue.Of((decimal)role.Level)),
        ("parents", Parents(role)),
        ("version", AttributeValue.Of((decimal)role.Version)));

    public static AttributeValue Conditions(ImmutableArray<Condition> conditions) => AttributeValue.Of([.. conditions.Select(condition =>
        AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of(condition.Type)), ("params", AttributeValue.Of(condition.Params)))))]);

    public static AttributeValue Text(string? text) => text is null ? AttributeValue.Null : AttributeValue.Of(text);

    /// <summary>The role with its permissions told in the given way; null for none.</summary>
    public static AttributeBag? Members(RoleDefinition? role, params ReadOnlySpan<(string Name, AttributeValue Value)> permissions) =>
        role is null ? null : AttributeBag.Of(
        [
            ("id", AttributeValue.Of(role.Id.Value)),
            ("name", AttributeValue.Of(role.Name)),
            ("display_name", AttributeValue.Of(role.DisplayName)),
            ("description", Text(role.Description)),
            ("type", Text(role.Type)),
            ("hierarchy_level", AttributeValue.Of((decimal)role.Level)),
            ("parents", Parents(role)),
            ("is_active", AttributeValue.Of(role.IsActive)),
            ("metadata", AttributeValue.Of(role.Metadata)),
            ("version", AttributeValue.Of((decimal)role.Version)),
            .. role.RequestPolicy is { } requests ? [("request_policy", Requests(requests))] : Array.Empty<(string, AttributeValue)>(),
            .. permissions,
        ]);

    public static AttributeValue Texts(IEnumerable<Permission> permissions) =>
        AttributeValue.Of([.. permissions.Select(permission => AttributeValue.Of(permission.ToString()))]);

    private static AttributeValue Requests(RequestPolicy policy) => AttributeValue.Of(AttributeBag.Of(
        ("requesters", AttributeValue.Of([.. policy.Requesters.Select(AttributeValue.Of)])),
        ("approvers", AttributeValue.Of([.. policy.Approvers.Select(AttributeValue.Of)])),
        ("approvals", AttributeValue.Of((decimal)policy.Approvals)),
        ("max_duration", Text(policy.MaxDuration is { } longest ? RequestRules.Text(longest) : null)),
        ("require_reason", AttributeValue.Of(policy.RequireReason)),
        ("require_ticket", AttributeValue.Of(policy.RequireTicket))));

    private static AttributeValue Parents(RoleDefinition role) => AttributeValue.Of([.. role.Parents.Select(edge =>
        AttributeValue.Of(AttributeBag.Of(
            ("role_id", AttributeValue.Of(edge.Parent.Value)),
            ("inheritance_type", AttributeValue.Of(Name(edge.Type))),
            ("permissions", Texts(edge.Patterns)),
            ("conditions", Conditions(edge.Conditions)))))]);

    private static string Name(InheritanceType type) => type switch
    {
        InheritanceType.Full => "full",
        InheritanceType.Partial => "partial",
        InheritanceType.Conditional => "conditional",
        _ => "none",
    };

    // Both are in canonical order.
    private static List<Permission> Without(ImmutableArray<Permission> all, ImmutableArray<Permission> others)
    {
        var left = new List<Permission>();
        var j = 0;
        foreach (var permission in all)
        {
            while (j < others.Length && others[j].CompareTo(permission) < 0)
            {
                j++;
            }
            if (j == others.Length || others[j].CompareTo(permission) != 0)
            {
                left.Add(permission);
            }
        }
        return left;
    }
}
