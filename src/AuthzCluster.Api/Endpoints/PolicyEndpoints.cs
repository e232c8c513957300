using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Policies of the tenant.</summary>
internal static class PolicyEndpoints
{
    private const string Policies = "/api/v1/policies", One = Policies + "/{policy}";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", Policies, ListAsync, Rights.PoliciesRead) { Feature = Feature.Policies, Query = ["limit", "page_token"] },
        new("POST", Policies, CreateAsync, Rights.PoliciesCreate) { Feature = Feature.Policies },
        new("GET", One, GetAsync, Rights.PoliciesRead) { Feature = Feature.Policies },
        new("PUT", One, ReplaceAsync, Rights.PoliciesUpdate) { TakesIfMatch = true, Feature = Feature.Policies },
        new("DELETE", One, DeleteAsync, Rights.PoliciesDelete) { TakesIfMatch = true, Feature = Feature.Policies },
    ];

    /// <summary>Whether the caller may see what policies say, and not only that they are.</summary>
    public static async ValueTask<bool> MayReadAsync(ApiRequest request) =>
        ApiRequest.Ok(await request.Ports.Rights.MayAsync(request.Tenant, request.Caller, Rights.PoliciesRead));

    private static async Task ListAsync(ApiRequest request)
    {
        var list = request.ListName();
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Policies.ListAsync(request.Tenant, after, request.Query.Limit()));
        await request.ReplyAsync(new PageReply<PolicyReply>([.. page.Items.Select(PolicyReply.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.PolicyPage);
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        var policy = ApiRequest.Ok(await request.Ports.Policies.CreateAsync(request.Tenant, await ReadAsync(request), request.Caller));
        request.Http.Response.Headers.Location = request.PathOf("policies", policy.Id);
        await ReplyAsync(request, policy, StatusCodes.Status201Created);
    }

    private static async Task GetAsync(ApiRequest request) =>
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Policies.GetAsync(request.Tenant, request["policy"])), StatusCodes.Status200OK);

    private static async Task ReplaceAsync(ApiRequest request)
    {
        var draft = await ReadAsync(request);
        var ifVersion = await VersionAsync(request);
        var policy = ApiRequest.Ok(await request.Ports.Policies.ReplaceAsync(request.Tenant, request["policy"], draft, ifVersion, request.Caller));
        await ReplyAsync(request, policy, StatusCodes.Status200OK);
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Policies.DeleteAsync(request.Tenant, request["policy"], await VersionAsync(request), request.Caller));
        await request.ReplyNothing();
    }

    private static async ValueTask<PolicyDraft> ReadAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.PolicyBody);
        var errors = new List<FieldError>();
        if (body.RoleId is not null)
        {
            errors.Add(new FieldError("role_id", "is not known here: a policy of a role is made at the role's path"));
        }
        var draft = body.ToDraft("", request.Tenant, errors);
        BodyRules.Throw(errors);
        return draft;
    }

    private static ValueTask<long?> VersionAsync(ApiRequest request) =>
        ETags.IfMatchAsync(request.Http, async () => (await request.Ports.Policies.GetAsync(request.Tenant, request["policy"])).Map(policy => policy.Version));

    private static Task ReplyAsync(ApiRequest request, PolicyDefinition policy, int status)
    {
        ETags.Set(request.Http, policy.Version);
        return request.ReplyAsync(PolicyReply.Of(policy), ApiJson.Default.PolicyReply, status);
    }
}
