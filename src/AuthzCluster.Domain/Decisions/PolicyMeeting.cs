using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Whether questions that a permission covers meet the target of a policy, subjects aside: some may, or all do.</summary>
internal static class PolicyMeeting
{
    private static readonly PermissionScope[] Scopes = Enum.GetValues<PermissionScope>();

    /// <summary>Whether there may be such a question. Also where it is too hard to say.</summary>
    public static bool May(CompiledPolicy policy, Permission permission) =>
        (permission.Action == Permission.Wildcard || policy.Actions.Matches(permission.Action))
        && (policy.Resources.MatchesAll || (IsName(permission) ? Scopes.Any(scope => Meets(policy, permission with { Scope = scope }))
            : policy.Resources.Patterns.Any(pattern => May(pattern, permission))));

    /// <summary>Whether all do.</summary>
    public static bool Always(CompiledPolicy policy, Permission permission) =>
        (policy.Actions.MatchesAll || (permission.Action != Permission.Wildcard && policy.Actions.Matches(permission.Action)))
        && (policy.Resources.MatchesAll || policy.Resources.Patterns.Any(pattern => Always(pattern, permission)));

    /// <summary>Lists of policies, each in the order in which they are asked, among which are all that questions for a permission may meet.</summary>
    public static IEnumerable<IEnumerable<CompiledPolicy>> Candidates(PolicyIndex index, Permission permission, SubjectGrants grants, CountingRoles roles) =>
        !IsName(permission) ? [index.Ordered] : Scopes.Select(scope => Of(index, permission with { Scope = scope }, grants, roles));

    private static List<CompiledPolicy> Of(PolicyIndex index, Permission asked, SubjectGrants grants, CountingRoles roles)
    {
        index.Find(asked, grants, out var lists);
        index.FindByRoles(roles, ref lists);
        var found = new List<CompiledPolicy>();
        var order = new PolicyOrder(lists, new int[PolicyOrder.RoomFor(lists.Count)]);
        while (order.Next() is { } policy)
        {
            found.Add(policy);
        }
        return found;
    }

    // Whether it says all of a question but the scope.
    private static bool IsName(Permission permission) => !permission.Resource.Contains('*', StringComparison.Ordinal) && permission.Action != Permission.Wildcard;

    private static bool Meets(CompiledPolicy policy, Permission asked)
    {
        var texts = PolicyTexts.Of(asked, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        return policy.Resources.Matches(texts.Full, texts.Lengths);
    }

    // A text of a pattern is `resource`, `resource:action` or `resource:action:scope`, or the beginning of one; what it may be the end of is not looked at.
    private static bool May(PolicyPattern pattern, Permission permission)
    {
        var parts = pattern.Text.Split(':');
        return pattern.Kind switch
        {
            PolicyPattern.Form.Exact => permission.CoversResource(parts[0]) && (parts.Length == 1 || CoversAction(permission, parts[1])),
            PolicyPattern.Form.Prefix when parts.Length == 1 => MayBegin(permission, parts[0]),
            PolicyPattern.Form.Prefix => permission.CoversResource(parts[0])
                && (parts.Length > 2 ? CoversAction(permission, parts[1]) : permission.Action == Permission.Wildcard || permission.Action.StartsWith(parts[1], StringComparison.Ordinal)),
            _ => true,
        };
    }

    private static bool MayBegin(Permission permission, string prefix)
    {
        var fixedPart = permission.Resource.TrimEnd('*');
        return fixedPart.StartsWith(prefix, StringComparison.Ordinal) || (fixedPart.Length < permission.Resource.Length && prefix.StartsWith(fixedPart, StringComparison.Ordinal));
    }

    private static bool Always(PolicyPattern pattern, Permission permission) => pattern.Kind switch
    {
        PolicyPattern.Form.Exact => pattern.Text == permission.Resource || (permission.Action != Permission.Wildcard && pattern.Text == $"{permission.Resource}:{permission.Action}"),
        PolicyPattern.Form.Prefix => permission.Resource.TrimEnd('*').StartsWith(pattern.Text, StringComparison.Ordinal)
            || (IsName(permission) && $"{permission.Resource}:{permission.Action}:".StartsWith(pattern.Text, StringComparison.Ordinal)),
        _ => false,
    };

    private static bool CoversAction(Permission permission, string action) => permission.Action == Permission.Wildcard || permission.Action == action;
}
