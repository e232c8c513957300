using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Who is in which team, and what teams have.</summary>
internal static class TeamEndpoints
{
    private const string Team = "/api/v1/teams/{team}", User = Team + "/members/{user}", Member = Team + "/members/{type}/{id}";

    public static readonly ApiEndpoint[] All =
    [
        new("PUT", User, JoinAsync, Rights.TeamsUpdate) { Feature = Feature.BuiltInRoles },
        new("DELETE", User, LeaveAsync, Rights.TeamsUpdate) { Feature = Feature.BuiltInRoles },
        new("PUT", Member, JoinAsync, Rights.TeamsUpdate) { Feature = Feature.BuiltInRoles },
        new("DELETE", Member, LeaveAsync, Rights.TeamsUpdate) { Feature = Feature.BuiltInRoles },
        new("GET", Team + "/members", MembersAsync, Rights.TeamsRead) { Feature = Feature.BuiltInRoles, Query = ["limit", "page_token"] },
        new("GET", Team + "/roles", request => UserEndpoints.RolesAsync(request, SubjectId.Team(request["team"])), Rights.AssignmentsRead) { Feature = Feature.BuiltInRoles, Query = ["at", "include_inactive", "limit", "page_token"] },
    ];

    private static async Task JoinAsync(ApiRequest request)
    {
        var body = await request.ReadOptionalAsync(ApiJson.Default.NoBody);
        var errors = new List<FieldError>();
        TenantRule.Check(body.TenantId, "", request.Tenant, errors);
        BodyRules.Throw(errors);
        ApiRequest.Ok(await request.Ports.Assignments.JoinTeamAsync(request.Tenant, request["team"], request.NamedSubject(), request.Caller));
        await request.ReplyNothing();
    }

    private static async Task LeaveAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Assignments.LeaveTeamAsync(request.Tenant, request["team"], request.NamedSubject(), request.Caller));
        await request.ReplyNothing();
    }

    private static async Task MembersAsync(ApiRequest request)
    {
        var list = request.ListName();
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Assignments.ListTeamMembersAsync(request.Tenant, request["team"], after, request.Query.Limit()));
        await request.ReplyAsync(
            new PageReply<PrincipalBody>([.. page.Items.Select(PrincipalBody.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.PrincipalPage);
    }
}
