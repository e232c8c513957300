using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Administration;

namespace AuthzCluster.Specification.Cases;

/// <summary>Reads the attempts of a case. Each act has its own keys; those of others are errors.</summary>
internal static class CaseAttempts
{
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["create_role"] = ["make"],
        ["replace_role"] = ["role", "make"],
        ["delete_role"] = ["role", "force"],
        ["add_permission"] = ["role", "permission"],
        ["remove_permission"] = ["role", "permission"],
        ["put_parent"] = ["role", "parent"],
        ["remove_parent"] = ["role", "parent"],
        ["assign"] = ["role", "to", "scope", "conditions", "starts_at", "expires_at"],
        ["revoke"] = ["role", "from", "scope"],
        ["join_team"] = ["team", "member"],
        ["leave_team"] = ["team", "member"],
        ["import_roles"] = ["roles", "team_assignments"],
    };

    public static CaseAttempt Read(CaseNode node, Func<CaseNode, RoleDraft> role, Func<CaseNode, ParentDraft> parent, Func<CaseNode, DateTimeOffset> time)
    {
        node.As("attempt");
        var act = node.Need("do").Text;
        if (!Keys.TryGetValue(act, out var keys))
        {
            throw node.Wrong($"there is no act `{act}`");
        }
        if (node.Entries.FirstOrDefault(entry => entry.Key is not ("by" or "do" or "expect") && !keys.Contains(entry.Key)) is { Key: { } odd })
        {
            throw node.Wrong($"`{odd}` is no key of `{act}`");
        }
        return new CaseAttempt(node.Line, SubjectId.Parse(node.Need("by").Text), Act(act, node, role, parent, time), node.Need("expect").Text);
    }

    private static AdminAct Act(string act, CaseNode node, Func<CaseNode, RoleDraft> role, Func<CaseNode, ParentDraft> parent, Func<CaseNode, DateTimeOffset> time) => act switch
    {
        "create_role" => new AdminAct.CreateRole(role(node.Need("make"))),
        "replace_role" => new AdminAct.ReplaceRole(node.Need("role").Text, role(node.Need("make"))),
        "delete_role" => new AdminAct.DeleteRole(node.Need("role").Text, node["force"]?.Flag ?? false),
        "add_permission" => new AdminAct.AddPermission(node.Need("role").Text, node.Need("permission").Text),
        "remove_permission" => new AdminAct.RemovePermission(node.Need("role").Text, node.Need("permission").Text),
        "put_parent" => new AdminAct.PutParent(node.Need("role").Text, parent(node.Need("parent"))),
        "remove_parent" => new AdminAct.RemoveParent(node.Need("role").Text, node.Need("parent").Text),
        "assign" => new AdminAct.Assign(node.Need("role").Text, Draft(node, "to", time)),
        "revoke" => new AdminAct.Revoke(node.Need("role").Text, SubjectId.Parse(node.Need("from").Text), node["scope"]?.Bag),
        "join_team" => new AdminAct.JoinTeam(node.Need("team").Text, SubjectId.Parse(node.Need("member").Text)),
        "leave_team" => new AdminAct.LeaveTeam(node.Need("team").Text, SubjectId.Parse(node.Need("member").Text)),
        _ => new AdminAct.ImportRoles(
            [.. node.ItemsOf("roles").Select(role)],
            [.. node.ItemsOf("team_assignments").Select(row => new AssignmentRow(row.As("team_assignment").Need("role").Text, Draft(row, "to", time)))]),
    };

    private static AssignmentDraft Draft(CaseNode node, string principal, Func<CaseNode, DateTimeOffset> time) =>
        new(SubjectId.Parse(node.Need(principal).Text))
        {
            Scope = node.BagOf("scope"),
            Conditions = [.. node.ItemsOf("conditions").Select(item => new Condition(item.As("condition").Need("type").Text, item.BagOf("params")))],
            StartsAt = node["starts_at"] is { } starts ? time(starts) : null,
            ExpiresAt = node["expires_at"] is { } expires ? time(expires) : null,
        };
}
