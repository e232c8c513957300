using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Policies attached to a role. If-Match speaks of the role's version.</summary>
internal static class RolePolicyEndpoints
{
    private const string Policies = "/api/v1/roles/{role}/policies";

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Policies, AddAsync, Rights.PoliciesCreate) { TakesIfMatch = true, Feature = Feature.Policies },
        new("DELETE", Policies + "/{policy}", RemoveAsync, Rights.PoliciesDelete) { TakesIfMatch = true, Feature = Feature.Policies },
    ];

    private static async Task AddAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.PolicyBody);
        var errors = new List<FieldError>();
        await BodyRules.CheckRoleAsync(request, body.RoleId, errors);
        var draft = body.ToDraft("", request.Tenant, errors);
        BodyRules.Throw(errors);
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        var policy = ApiRequest.Ok(await request.Ports.Policies.AttachAsync(request.Tenant, request["role"], draft, ifVersion, request.Caller));
        request.Http.Response.Headers.Location = $"{request.PathOf("roles", request["role"])}/policies/{Uri.EscapeDataString(policy.Id)}";
        await request.ReplyAsync(PolicyReply.Of(policy), ApiJson.Default.PolicyReply, StatusCodes.Status201Created);
    }

    private static async Task RemoveAsync(ApiRequest request)
    {
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        ApiRequest.Ok(await request.Ports.Policies.DetachAsync(request.Tenant, request["role"], request["policy"], ifVersion, request.Caller));
        await request.ReplyNothing();
    }
}
