using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Testing.Cases;

/// <summary>Reads the attempts of a case. Each act has its own keys; those of others are errors.</summary>
internal sealed class CaseAttempts(
    IReadOnlyList<CaseAssignment> assignments, Func<CaseNode, RoleDraft> role, Func<CaseNode, ParentDraft> parent,
    Func<CaseNode, ConstraintDraft> constraint, Func<CaseNode, DateTimeOffset> time)
{
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["create_role"] = ["make", "assigned_to"],
        ["replace_role"] = ["role", "make"],
        ["delete_role"] = ["role", "force"],
        ["add_permission"] = ["role", "permission"],
        ["remove_permission"] = ["role", "permission"],
        ["put_parent"] = ["role", "parent"],
        ["remove_parent"] = ["role", "parent"],
        ["assign"] = ["role", "to", "scope", "conditions", "starts_at", "expires_at"],
        ["revoke"] = ["role", "from", "scope"],
        ["patch_assignment"] = ["assignment", "role", "of", "scope", "is_active", "starts_at", "expires_at", "conditions"],
        ["join_team"] = ["team", "member"],
        ["leave_team"] = ["team", "member"],
        ["import_roles"] = ["roles", "team_assignments"],
        ["import_assignments"] = ["rows", "dry_run"],
        ["create_key"] = ["key"],
        ["rotate_key"] = ["key"],
        ["create_constraint"] = ["constraint"],
        ["delete_constraint"] = ["constraint"],
    };

    public CaseAttempt Read(CaseNode node)
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
        var expect = node.Need("expect");
        return new CaseAttempt(
            node.Line, SubjectId.Parse(node.Need("by").Text), Act(act, node), expect.IsText ? expect.Text : string.Join(", ", expect.Items.Select(row => row.Text)));
    }

    private AdminAct Act(string act, CaseNode node) => act switch
    {
        "create_role" => new AdminAct.CreateRole(role(node.Need("make")) with { AssignedTo = [.. node.ItemsOf("assigned_to").Select(item => SubjectId.Parse(item.Text))] }),
        "replace_role" => new AdminAct.ReplaceRole(node.Need("role").Text, role(node.Need("make"))),
        "delete_role" => new AdminAct.DeleteRole(node.Need("role").Text, node["force"]?.Flag ?? false),
        "add_permission" => new AdminAct.AddPermission(node.Need("role").Text, node.Need("permission").Text),
        "remove_permission" => new AdminAct.RemovePermission(node.Need("role").Text, node.Need("permission").Text),
        "put_parent" => new AdminAct.PutParent(node.Need("role").Text, parent(node.Need("parent"))),
        "remove_parent" => new AdminAct.RemoveParent(node.Need("role").Text, node.Need("parent").Text),
        "assign" => new AdminAct.Assign(node.Need("role").Text, Draft(node)),
        "revoke" => new AdminAct.Revoke(node.Need("role").Text, SubjectId.Parse(node.Need("from").Text), node["scope"]?.Bag),
        "patch_assignment" => Patch(node),
        "join_team" => new AdminAct.JoinTeam(node.Need("team").Text, SubjectId.Parse(node.Need("member").Text)),
        "leave_team" => new AdminAct.LeaveTeam(node.Need("team").Text, SubjectId.Parse(node.Need("member").Text)),
        "import_roles" => new AdminAct.ImportRoles([.. node.ItemsOf("roles").Select(role)], Rows(node, "team_assignments")),
        "import_assignments" => new AdminAct.ImportAssignments(Rows(node, "rows"), node["dry_run"]?.Flag ?? false),
        "create_constraint" => new AdminAct.CreateConstraint(constraint(node.Need("constraint"))),
        "delete_constraint" => new AdminAct.DeleteConstraint(node.Need("constraint").Text),
        "rotate_key" => new AdminAct.RotateKey(node.Need("key").Text),
        _ => Key(node.Need("key").As("key")),
    };

    private AdminAct.CreateKey Key(CaseNode key) => new(
        key.Need("as").Text,
        [.. key.ItemsOf("roles").Select(item => item.Text)],
        key["permissions"] is null ? null : [.. key.ItemsOf("permissions").Select(item => item.Text)],
        key["expires_at"] is { } expires ? time(expires) : null);

    private AdminAct.PatchAssignment Patch(CaseNode node)
    {
        var patch = new AssignmentPatch
        {
            IsActive = node["is_active"]?.Flag,
            StartsAt = Replacement("starts_at"),
            ExpiresAt = Replacement("expires_at"),
            Conditions = node["conditions"] is null ? null : Conditions(node),
        };
        if (node["assignment"] is not { } label)
        {
            return new AdminAct.PatchAssignment(node.Need("role").Text, SubjectId.Parse(node.Need("of").Text), node.BagOf("scope"), patch);
        }
        var (_, given, draft, _) = assignments.FirstOrDefault(one => one.Label == label.Text) ?? throw label.Wrong($"no assignment has the label `{label.Text}`");
        return new AdminAct.PatchAssignment(given, draft.Principal, draft.Scope, patch);

        Replacement<DateTimeOffset?>? Replacement(string key) =>
            node[key] is { } written ? new Replacement<DateTimeOffset?>(written.IsNull ? null : time(written)) : null;
    }

    private AssignmentRow[] Rows(CaseNode node, string key) =>
        [.. node.ItemsOf(key).Select(row => new AssignmentRow(row.As("row").Need("role").Text, Draft(row)))];

    private AssignmentDraft Draft(CaseNode node) =>
        new(SubjectId.Parse(node.Need("to").Text))
        {
            Scope = node.BagOf("scope"),
            Conditions = Conditions(node),
            StartsAt = node["starts_at"] is { } starts ? time(starts) : null,
            ExpiresAt = node["expires_at"] is { } expires ? time(expires) : null,
        };

    private static Condition[] Conditions(CaseNode node) =>
        [.. node.ItemsOf("conditions").Select(item => new Condition(item.As("condition").Need("type").Text, item.BagOf("params")))];
}
