using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Giving roles and taking them back.</summary>
internal static class AssignmentEndpoints
{
    private const string Role = "/api/v1/roles/{role}", One = "/api/v1/assignments/{id}";

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Role + "/assign", AssignAsync, Rights.AssignmentsCreate) { Feature = Feature.BuiltInRoles, IsScoped = true },
        new("GET", Role + "/assignments", ListAsync, Rights.AssignmentsRead) { Feature = Feature.BuiltInRoles, Query = ["include_inactive", "principal_type", "limit", "page_token"] },
        new("GET", One, GetAsync, Rights.AssignmentsRead) { Feature = Feature.BuiltInRoles },
        new("PATCH", One, PatchAsync, Rights.AssignmentsUpdate) { Feature = Feature.BuiltInRoles, IsScoped = true },
        new("DELETE", Role + "/users/{user}", request => RevokeAsync(request, request.NamedPrincipal()), Rights.AssignmentsDelete) { Feature = Feature.BuiltInRoles, IsScoped = true, Query = ["scope"] },
        new("DELETE", Role + "/teams/{team}", request => RevokeAsync(request, SubjectId.Team(request["team"])), Rights.AssignmentsDelete) { Feature = Feature.BuiltInRoles, IsScoped = true, Query = ["scope"] },
        new("DELETE", Role + "/principals/{type}/{id}", request => RevokeAsync(request, request.NamedPrincipal()), Rights.AssignmentsDelete) { Feature = Feature.BuiltInRoles, IsScoped = true, Query = ["scope"] },
    ];

    /// <summary>Answers with a page of assignments.</summary>
    public static Task ReplyAsync(ApiRequest request, Page<AssignmentView> page, string list) =>
        request.ReplyAsync(
            new PageReply<AssignmentReply>([.. page.Items.Select(AssignmentReply.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.AssignmentPage);

    private static async Task AssignAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.AssignBody);
        var errors = new List<FieldError>();
        await BodyRules.CheckRoleAsync(request, body.RoleId, errors);
        if (body.Role is not null)
        {
            errors.Add(new FieldError("role", "unknown member"));
        }
        var draft = body.ToDraft("", request.Tenant, errors);
        BodyRules.Throw(errors);
        if (body.WantsApproval)
        {
            // Who may assign may ask instead.
            var asking = new RoleRequestDraft(request["role"], draft);
            _ = ApiRequest.Ok(await request.Ports.Roles.GetAsync(request.Tenant, request["role"]));
            await RoleRequestEndpoints.AskAsync(request, asking, request.Caller with { Under = Rights.AssignmentsCreate }, StatusCodes.Status202Accepted);
            return;
        }
        var view = ApiRequest.Ok(await request.Ports.Assignments.AssignAsync(request.Tenant, request["role"], draft, request.Caller));
        await request.ReplyAsync(AssignmentReply.Of(view), ApiJson.Default.AssignmentReply);
    }

    private static async Task ListAsync(ApiRequest request)
    {
        var (includeInactive, type) = (request.Query.Flag("include_inactive"), request.Query.Text("principal_type"));
        if (type is not null && Ids.TypeFault(type) is { } fault)
        {
            throw ProblemException.Invalid("principal_type", fault);
        }
        var list = request.ListName(includeInactive ? "all" : "live", type);
        var query = new HolderQuery(request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit())
        {
            IncludeInactive = includeInactive,
            PrincipalType = type,
        };
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Assignments.ListByRoleAsync(request.Tenant, request["role"], query)), list);
    }

    private static async Task GetAsync(ApiRequest request) => await request.ReplyAsync(
        AssignmentReply.Of(ApiRequest.Ok(await request.Ports.Assignments.GetAsync(request.Tenant, request["id"]))), ApiJson.Default.AssignmentReply);

    private static async Task PatchAsync(ApiRequest request)
    {
        var errors = new List<FieldError>();
        var patch = (await request.ReadAsync(ApiJson.Default.AssignmentPatchBody)).ToPatch(request.Tenant, errors);
        BodyRules.Throw(errors);
        var view = ApiRequest.Ok(await request.Ports.Assignments.PatchAsync(request.Tenant, request["id"], patch, request.Caller));
        await request.ReplyAsync(AssignmentReply.Of(view), ApiJson.Default.AssignmentReply);
    }

    private static async Task RevokeAsync(ApiRequest request, SubjectId principal)
    {
        ApiRequest.Ok(await request.Ports.Assignments.RevokeAsync(request.Tenant, request["role"], principal, request.Query.Object("scope"), request.Caller));
        await request.ReplyNothing();
    }
}
