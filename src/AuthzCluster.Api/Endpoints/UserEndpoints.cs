using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Endpoints;

/// <summary>What a user has.</summary>
internal static class UserEndpoints
{
    private const string User = "/api/v1/users/{user}";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", User + "/roles", request => RolesAsync(request, SubjectId.User(request["user"])), Rights.AssignmentsRead) { Query = ["at", "include_inactive", "limit", "page_token"] },
        new("GET", User + "/roles/{role}", HasRoleAsync, Rights.AssignmentsRead),
        new("GET", User + "/permissions", PermissionsAsync, null) { IsQuestion = true, Query = ["at"] },
        new("GET", User + "/teams", TeamsAsync, Rights.TeamsRead) { Query = ["limit", "page_token"] },
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
        var user = SubjectId.User(request["user"]);
        var held = role.IsActive
            ? await FindAsync(request, user, role.Id.Value) ?? await FindInTeamsAsync(request, user, role.Id.Value)
            : null;
        if (held is null)
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.AssignmentNotFound, $"`{user}` does not hold `{role.Name}` now")));
        }
        await request.ReplyAsync(AssignmentReply.Of(held), ApiJson.Default.AssignmentReply);
    }

    private static async Task PermissionsAsync(ApiRequest request)
    {
        var now = request.Query.Time("at") ?? request.Ports.Clock.GetUtcNow();
        await request.RequireAskingAsync(SubjectId.User(request["user"]), why: false);
        var all = ApiRequest.Ok(await request.Ports.Decisions.ListPermissionsAsync(request.Tenant, SubjectId.User(request["user"]), now));
        await request.ReplyAsync(EffectiveReply.Of(all), ApiJson.Default.EffectiveReply);
    }

    private static async Task TeamsAsync(ApiRequest request)
    {
        var list = request.ListName();
        var teams = ApiRequest.Ok(await request.Ports.Assignments.ListTeamsAsync(request.Tenant, SubjectId.User(request["user"])));
        var page = Slices.Take(teams, team => team, request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit());
        await request.ReplyAsync(new PageReply<string>(page.Items, request.Tokens.Make(page.Next, list)), ApiJson.Default.NamePage);
    }

    private static async Task<AssignmentView?> FindAsync(ApiRequest request, SubjectId principal, string role)
    {
        var all = ApiRequest.Ok(await request.Ports.Assignments.ListByPrincipalAsync(request.Tenant, principal, at: null, includeInactive: false));
        return all.FirstOrDefault(view => view.Assignment.Role.Value == role && view.Status == AssignmentStatus.Active);
    }

    private static async Task<AssignmentView?> FindInTeamsAsync(ApiRequest request, SubjectId user, string role)
    {
        foreach (var team in ApiRequest.Ok(await request.Ports.Assignments.ListTeamsAsync(request.Tenant, user)))
        {
            if (await FindAsync(request, SubjectId.Team(team), role) is { } held)
            {
                return held;
            }
        }
        return null;
    }
}
