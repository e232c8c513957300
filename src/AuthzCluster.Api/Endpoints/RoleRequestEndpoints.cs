using AuthzCluster.Actors.Doors;
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

/// <summary>Requests for roles. Who has no right to them may still ask for what a role lets them ask for, and see and take back what is theirs.</summary>
internal static class RoleRequestEndpoints
{
    private const string Requests = "/api/v1/role-requests", One = Requests + "/{request}";

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Requests, CreateAsync, Rights.RequestsCreate) { Feature = Feature.BuiltInRoles, IsScoped = true, IsForOwnToo = true },
        new("GET", Requests, ListAsync, Rights.RequestsRead) { Feature = Feature.BuiltInRoles, IsForOwnToo = true, Query = ["status", "user_id", "limit", "page_token"] },
        new("GET", One, GetAsync, Rights.RequestsRead) { Feature = Feature.BuiltInRoles, IsForOwnToo = true },
        new("POST", One + "/approve", request => DecideAsync(request, request.Ports.RoleRequests.ApproveAsync), Rights.RequestsApprove) { Feature = Feature.BuiltInRoles, IsScoped = true },
        new("POST", One + "/reject", request => DecideAsync(request, request.Ports.RoleRequests.RejectAsync), Rights.RequestsApprove) { Feature = Feature.BuiltInRoles, IsScoped = true },
        new("POST", One + "/cancel", CancelAsync, Rights.RequestsCreate) { Feature = Feature.BuiltInRoles, IsScoped = true, IsForOwnToo = true },
    ];

    /// <summary>Asks for a role, and answers with the request and where it is.</summary>
    public static async Task AskAsync(ApiRequest request, RoleRequestDraft draft, Caller caller, int status)
    {
        var made = ApiRequest.Ok(await request.Ports.RoleRequests.CreateAsync(request.Tenant, draft, caller));
        request.Http.Response.Headers.Location = request.PathOf("role-requests", made.Request.Id);
        await request.ReplyAsync(RoleRequestReply.Of(made), ApiJson.Default.RoleRequestReply, status);
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        RoleRequestDraft draft;
        try
        {
            var errors = new List<FieldError>();
            draft = (await request.ReadAsync(ApiJson.Default.RoleRequestBody)).ToDraft(request.Tenant, request.Caller.Principal, errors);
            BodyRules.Throw(errors);
        }
        // Who may ask for nothing is not told what is wrong with how.
        catch (ProblemException) when (request.OwnOnly is { } refusal)
        {
            throw new ProblemException(Problem.Of(refusal));
        }
        await AskAsync(request, draft, request.Caller, StatusCodes.Status201Created);
    }

    private static async Task ListAsync(ApiRequest request)
    {
        var (statusText, user) = (request.Query.Text("status"), request.Query.Text("user_id"));
        SubjectId? of = user is null ? null : SubjectId.User(user);
        if (request.OwnOnly is { } refusal && of != request.Caller.Principal)
        {
            throw new ProblemException(Problem.Of(refusal));
        }
        RequestStatus status = default;
        if (statusText is not null && !EnumText.TryParse(statusText, out status))
        {
            throw ProblemException.Invalid("status", "must be `pending`, `approved`, `rejected`, `cancelled` or `expired`");
        }
        if (user is not null && Ids.Fault(user) is { } fault)
        {
            throw ProblemException.Invalid("user_id", fault);
        }
        var list = request.ListName(statusText, user);
        var query = new RoleRequestQuery(request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit())
        {
            Status = statusText is null ? null : status,
            Of = of,
        };
        var page = ApiRequest.Ok(await request.Ports.RoleRequests.ListAsync(request.Tenant, query));
        await request.ReplyAsync(
            new PageReply<RoleRequestReply>([.. page.Items.Select(RoleRequestReply.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.RoleRequestPage);
    }

    private static async Task GetAsync(ApiRequest request)
    {
        var found = await request.Ports.RoleRequests.GetAsync(request.Tenant, request["request"]);
        RequireOwn(request, found);
        await request.ReplyAsync(RoleRequestReply.Of(ApiRequest.Ok(found)), ApiJson.Default.RoleRequestReply);
    }

    private static async Task CancelAsync(ApiRequest request)
    {
        if (request.OwnOnly is not null)
        {
            RequireOwn(request, await request.Ports.RoleRequests.GetAsync(request.Tenant, request["request"]));
        }
        await DecideAsync(request, request.Ports.RoleRequests.CancelAsync);
    }

    private static async Task DecideAsync(ApiRequest request, Func<TenantId, string, string?, Caller, Task<Result<RoleRequestView>>> decide)
    {
        var errors = new List<FieldError>();
        var comment = (await request.ReadOptionalAsync(ApiJson.Default.RequestDecisionBody)).ToComment(request.Tenant, errors);
        BodyRules.Throw(errors);
        var decided = ApiRequest.Ok(await decide(request.Tenant, request["request"], comment, request.Caller));
        await request.ReplyAsync(RoleRequestReply.Of(decided), ApiJson.Default.RoleRequestReply);
    }

    // Of what there is not, and of what is another's, the same is said.
    private static void RequireOwn(ApiRequest request, Result<RoleRequestView> found)
    {
        var own = request.Caller.Principal;
        if (request.OwnOnly is { } refusal && !(found is { IsOk: true, Value.Request: var asked } && (asked.Principal == own || asked.RequestedBy == own.ToString()))
            && found.Error?.Code != ErrorCode.Unavailable)
        {
            throw new ProblemException(Problem.Of(refusal));
        }
    }
}
