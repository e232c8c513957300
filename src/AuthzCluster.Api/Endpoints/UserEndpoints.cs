using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>What a user has, or a principal of any type.</summary>
internal static class UserEndpoints
{
    public static readonly ApiEndpoint[] All = [.. Of("/api/v1/users/{user}"), .. Of("/api/v1/principals/{type}/{id}")];

    private static ApiEndpoint[] Of(string path) =>
    [
        new("GET", path + "/roles", request => RolesAsync(request, request.NamedPrincipal()), Rights.AssignmentsRead) { Feature = Feature.BuiltInRoles, Query = ["at", "include_inactive", "limit", "page_token"] },
        new("GET", path + "/roles/{role}", HasRoleAsync, Rights.AssignmentsRead) { Feature = Feature.BuiltInRoles },
        new("GET", path + "/permissions", PermissionsAsync, null) { Feature = Feature.Always, IsQuestion = true, Query = ["at"] },
        new("GET", path + "/teams", TeamsAsync, Rights.TeamsRead) { Feature = Feature.BuiltInRoles, Query = ["limit", "page_token"] },
    ];

    /// <summary>Lists the assignments of a principal, newest first.</summary>
    public static async Task RolesAsync(ApiRequest request, SubjectId principal)
    {
        var (at, includeInactive) = (request.Query.Time("at"), request.Query.Flag("include_inactive"));
        var list = request.ListName(at is { } instant ? Times.Format(instant) : null, includeInactive ? "all" : "active");
        var all = ApiRequest.Ok(await request.Ports.Assignments.ListByPrincipalAsync(request.Tenant, principal, at, includeInactive));
        var ordered = all.OrderByDescending(view => view.Assignment.GrantedAt).ThenBy(view => view.Assignment.Id, StringComparer.Ordinal).ToList();
        var page = Slices.Take(
            ordered, view => $"{long.MaxValue - view.Assignment.GrantedAt.UtcTicks:x16} {view.Assignment.Id}",
            request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit());
        await AssignmentEndpoints.ReplyAsync(request, page, list);
    }

    private static async Task HasRoleAsync(ApiRequest request)
    {
        var holding = new RoleHolding(request.Ports.Roles, request.Ports.Assignments);
        var held = ApiRequest.Ok(await holding.FindAsync(request.Tenant, request.NamedPrincipal(), request["role"]));
        await request.ReplyAsync(AssignmentReply.Of(held), ApiJson.Default.AssignmentReply);
    }

    private static async Task PermissionsAsync(ApiRequest request)
    {
        var subject = request.NamedSubject();
        var now = request.Query.Time("at") ?? request.Ports.Clock.GetUtcNow();
        await request.RequireAskingAsync(subject, why: false);
        var all = ApiRequest.Ok(await request.Ports.Decisions.ListPermissionsAsync(request.Tenant, subject, now));
        await request.ReplyAsync(EffectiveReply.Of(all, await PolicyEndpoints.MayReadAsync(request)), ApiJson.Default.EffectiveReply);
    }

    private static async Task TeamsAsync(ApiRequest request)
    {
        var list = request.ListName();
        var teams = ApiRequest.Ok(await request.Ports.Assignments.ListTeamsAsync(request.Tenant, request.NamedSubject()));
        var page = Slices.Take(teams, team => team, request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit());
        await request.ReplyAsync(new PageReply<string>(page.Items, request.Tokens.Make(page.Next, list)), ApiJson.Default.NamePage);
    }
}
