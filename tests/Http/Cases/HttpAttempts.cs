using System.Text.Json.Nodes;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Http.Tests.Cases;

/// <summary>Attempts as requests, in the tenant of a client that may all.</summary>
internal sealed class HttpAttempts(ServerFixture server, ApiClient admin)
{
    private const string ApiKeys = "/api/v1/api-keys";

    /// <summary>The keys that were made.</summary>
    public IssuedKeys Keys { get; } = new();

    /// <summary>Tries it as somebody, with a token or a key; <c>ok</c> or the error code.</summary>
    public async Task<string> TryAsync(SubjectId by, AdminAct act)
    {
        Assert.Contains(by.Type, new[] { SubjectId.UserType, IssuedKeys.LabelType });
        var reply = await SendAsync(admin.As(Keys.TokenOf(by) ?? server.TokenOf(by.Id, admin.Tenant, "system")), act.Renamed(Keys.Real));
        if (reply.Status >= 300)
        {
            return reply["code"].GetString()!;
        }
        if ((act as AdminAct.CreateKey)?.Label is { } label || ((label = (act as AdminAct.RotateKey)?.Label!) is not null))
        {
            Keys.Put(label, reply["id"].GetString()!, reply["key"].GetString()!);
        }
        return act is not AdminAct.ImportAssignments ? CaseAttempt.Done
            : string.Join(", ", reply["rows"].EnumerateArray().Select(row => row.GetProperty("status").GetString() == "failed" ? row.GetProperty("code").GetString() : CaseAttempt.Done));
    }

    private async Task<Reply> SendAsync(ApiClient api, AdminAct act) => await (act switch
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
            + (revoke.Scope is null ? "" : "?scope=" + Uri.EscapeDataString(CaseJson.Scope(revoke.Scope).ToJsonString()))),
        AdminAct.JoinTeam join => api.PutAsync(Member(join.Team, join.Member), null),
        AdminAct.LeaveTeam leave => api.DeleteAsync(Member(leave.Team, leave.Member)),
        AdminAct.PatchAssignment patch => api.PatchAsync($"/api/v1/assignments/{await IdOfAsync(patch)}", CaseJson.Patch(patch.Patch).ToJsonString()),
        AdminAct.ImportRoles import => api.PostAsync("/api/v1/import?format=authz", Model(import)),
        AdminAct.ImportAssignments import => api.PostAsync(
            $"/api/v1/import?format=assignments{(import.IsDryRun ? "&dry_run=true" : "")}", new JsonArray([.. import.Rows.Select(Row)]).ToJsonString()),
        AdminAct.CreateKey key => api.PostAsync(ApiKeys, CaseJson.Key(key).ToJsonString()),
        AdminAct.CreateConstraint create => api.PostAsync("/api/v1/constraints", CaseJson.Constraint(create.Draft).ToJsonString()),
        AdminAct.DeleteConstraint delete => api.DeleteAsync($"/api/v1/constraints/{Uri.EscapeDataString(delete.Id)}"),
        AdminAct.RotateKey rotate => api.PostAsync($"{ApiKeys}/{Keys.IdOf(rotate.Label)}/rotate", new { overlap = "PT0S" }),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no such act"),
    });

    // By who may see it: finding it is no part of the attempt.
    private async Task<string> IdOfAsync(AdminAct.PatchAssignment patch)
    {
        var held = (await admin.GetAsync($"{Role(patch.Role)}/assignments?limit=1000")).Is(200)["items"].EnumerateArray().Where(item =>
            item.GetProperty("principal").GetProperty("type").GetString() == patch.Principal.Type
            && item.GetProperty("principal").GetProperty("id").GetString() == patch.Principal.Id
            && JsonNode.DeepEquals(JsonNode.Parse(item.GetProperty("scope").GetRawText()), CaseJson.Scope(patch.Scope)));
        return held.Select(item => item.GetProperty("id").GetString()!).FirstOrDefault("none");
    }

    private static string Body(RoleDraft draft)
    {
        var body = CaseJson.Role(draft, draft.IsActive);
        if (draft.AssignedTo.Count > 0)
        {
            body["assigned_to"] = new JsonArray([.. draft.AssignedTo.Select(principal => JsonValue.Create(principal.ToString()))]);
        }
        return body.ToJsonString();
    }

    private static string Edge(ParentDraft parent)
    {
        var edge = CaseJson.Role(new RoleDraft { Name = "child", Parents = [parent] }, isActive: true)["parents"]![0]!.DeepClone().AsObject();
        edge.Remove("role_id");
        return edge.ToJsonString();
    }

    private static string Model(AdminAct.ImportRoles import) => new JsonObject
    {
        ["roles"] = new JsonArray([.. import.Roles.Select(role => CaseJson.Role(role, role.IsActive))]),
        ["team_assignments"] = new JsonArray([.. import.TeamGrants.Select(Row)]),
    }.ToJsonString();

    private static JsonObject Row(AssignmentRow row)
    {
        var given = CaseJson.Assignment(row.Draft);
        given["role"] = row.Role;
        return given;
    }

    private static string Role(string role) => $"/api/v1/roles/{Uri.EscapeDataString(role)}";

    private static string Holder(SubjectId principal) => principal.Type switch
    {
        SubjectId.UserType => $"/users/{Uri.EscapeDataString(principal.Id)}",
        SubjectId.TeamType => $"/teams/{Uri.EscapeDataString(principal.Id)}",
        _ => $"/principals/{Uri.EscapeDataString(principal.Type)}/{Uri.EscapeDataString(principal.Id)}",
    };

    private static string Member(string team, SubjectId member) => $"/api/v1/teams/{Uri.EscapeDataString(team)}/members/"
        + (member.Type == SubjectId.UserType ? "" : $"{Uri.EscapeDataString(member.Type)}/") + Uri.EscapeDataString(member.Id);
}
