using System.Text.Json.Nodes;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Server.Tests.Support;
using AuthzCluster.Specification.Administration;

namespace AuthzCluster.Server.Tests.Cases;

/// <summary>Attempts as requests.</summary>
internal static class HttpAttempts
{
    /// <summary><c>ok</c> or the error code.</summary>
    public static async Task<string> TryAsync(ApiClient api, AdminAct act)
    {
        var reply = await SendAsync(api, act);
        return reply.Status < 300 ? CaseAttempt.Done : reply["code"].GetString()!;
    }

    private static Task<Reply> SendAsync(ApiClient api, AdminAct act) => act switch
    {
        AdminAct.CreateRole create => api.PostAsync("/api/v1/roles", Body(create.Draft)),
        AdminAct.ReplaceRole replace => api.PutAsync(Role(replace.Role), Body(replace.Draft)),
        AdminAct.DeleteRole delete => api.DeleteAsync(Role(delete.Role) + (delete.Force ? "?force=true" : "")),
        AdminAct.AddPermission add => api.PostAsync($"{Role(add.Role)}/permissions", new { permission = add.Permission }),
        AdminAct.RemovePermission remove => api.DeleteAsync($"{Role(remove.Role)}/permissions/{Uri.EscapeDataString(remove.Permission)}"),
        AdminAct.PutParent put => api.PutAsync($"{Role(put.Role)}/parents/{Uri.EscapeDataString(put.Parent.Role)}", Edge(put.Parent)),
        AdminAct.RemoveParent remove => api.DeleteAsync($"{Role(remove.Role)}/parents/{Uri.EscapeDataString(remove.Parent)}"),
        AdminAct.Assign assign => api.PostAsync($"{Role(assign.Role)}/assign", CaseJson.Assignment(assign.Draft).ToJsonString()),
        AdminAct.Revoke revoke => api.DeleteAsync(Role(revoke.Role) + Holder(revoke.Principal)
            + (revoke.Scope is null ? "" : "?scope=" + Uri.EscapeDataString(CaseJson.Assignment(new AssignmentDraft(revoke.Principal) { Scope = revoke.Scope })["scope"]!.ToJsonString()))),
        AdminAct.JoinTeam join => api.PutAsync(Member(join.Team, join.Member), null),
        AdminAct.LeaveTeam leave => api.DeleteAsync(Member(leave.Team, leave.Member)),
        AdminAct.ImportRoles import => api.PostAsync("/api/v1/import?format=authz", Model(import)),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no such act"),
    };

    private static string Body(RoleDraft draft) => CaseJson.Role(draft, draft.IsActive).ToJsonString();

    private static string Edge(ParentDraft parent)
    {
        var edge = CaseJson.Role(new RoleDraft { Name = "child", Parents = [parent] }, isActive: true)["parents"]![0]!.DeepClone().AsObject();
        edge.Remove("role_id");
        return edge.ToJsonString();
    }

    private static string Model(AdminAct.ImportRoles import) => new JsonObject
    {
        ["roles"] = new JsonArray([.. import.Roles.Select(role => CaseJson.Role(role, role.IsActive))]),
        ["team_assignments"] = new JsonArray([.. import.TeamGrants.Select(row =>
        {
            var given = CaseJson.Assignment(row.Draft);
            given["role"] = row.Role;
            return given;
        })]),
    }.ToJsonString();

    private static string Role(string role) => $"/api/v1/roles/{Uri.EscapeDataString(role)}";

    private static string Holder(SubjectId principal) => principal.Type switch
    {
        SubjectId.UserType => $"/users/{Uri.EscapeDataString(principal.Id)}",
        SubjectId.TeamType => $"/teams/{Uri.EscapeDataString(principal.Id)}",
        _ => $"/principals/{Uri.EscapeDataString(principal.Type)}/{Uri.EscapeDataString(principal.Id)}",
    };

    private static string Member(string team, SubjectId member)
    {
        Assert.Equal(SubjectId.UserType, member.Type);
        return $"/api/v1/teams/{Uri.EscapeDataString(team)}/members/{Uri.EscapeDataString(member.Id)}";
    }
}
