using AuthzCluster.Actors.Views;
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

    // Held now: by an own assignment or a team's, and of a role that is active, since callers take a yes for an allow.
    private static async Task HasRoleAsync(ApiRequest request)
    {
        var role = ApiRequest.Ok(await request.Ports.Roles.GetAsync(request.Tenant, request["role"])).Role;
        var principal = request.NamedPrincipal();
        var held = role.IsActive
            ? await FindAsync(request, principal, role.Id.Value) ?? await FindInTeamsAsync(request, principal, role.Id.Value)
            : null;
        if (held is null)
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.AssignmentNotFound, $"`{principal}` does not hold `{role.Name}` now")));
        }
        await request.ReplyAsync(AssignmentReply.Of(held), ApiJson.Default.AssignmentReply);
    }

    private static async Task PermissionsAsync(ApiRequest request)
    {
        var subject = request.NamedSubject();
        var now = request.Query.Time("at") ?? request.Ports.Clock.GetUtcNow();
        await request.RequireAskingAsync(subject, why: false);
        var all = ApiRequest.Ok(await request.Ports.Decisions.ListPermissionsAsync(request.Tenant, subject, now));
        await request.ReplyAsync(EffectiveReply.Of(all), ApiJson.Default.EffectiveReply);
    }

    private static async Task TeamsAsync(ApiRequest request)
    {
        var list = request.ListName();
        var teams = ApiRequest.Ok(await request.Ports.Assignments.ListTeamsAsync(request.Tenant, request.NamedSubject()));
        var page = Slices.Take(teams, team => team, request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit());
        await request.ReplyAsync(new PageReply<string>(page.Items, request.Tokens.Make(page.Next, list)), ApiJson.Default.NamePage);
    }

    private static async Task<AssignmentView?> FindAsync(ApiRequest request, SubjectId principal, string role)
    {
        var all = ApiRequest.Ok(await request.Ports.Assignments.ListByPrincipalAsync(request.Tenant, principal, at: null, includeInactive: false));
        return all.FirstOrDefault(view => view.Assignment.Role.Value == role && view.Status == AssignmentStatus.Active);
    }

    private static async Task<AssignmentView?> FindInTeamsAsync(ApiRequest request, SubjectId principal, string role)
    {
        if (principal.IsTeam)
        {
            return null;
        }
        foreach (var team in ApiRequest.Ok(await request.Ports.Assignments.ListTeamsAsync(request.Tenant, principal)))
        {
            if (await FindAsync(request, SubjectId.Team(team), role) is { } held)
            {
                return held;
            }
        }
        return null;
    }
}
