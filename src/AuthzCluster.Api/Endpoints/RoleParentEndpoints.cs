using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Edges of a role to its parents.</summary>
internal static class RoleParentEndpoints
{
    private const string One = "/api/v1/roles/{role}/parents/{parent}";

    public static readonly ApiEndpoint[] All =
    [
        new("PUT", One, PutAsync, Rights.RolesUpdate) { TakesIfMatch = true, Feature = Feature.CustomRoles },
        new("DELETE", One, RemoveAsync, Rights.RolesUpdate) { TakesIfMatch = true, Feature = Feature.CustomRoles },
    ];

    private static async Task PutAsync(ApiRequest request)
    {
        var body = await request.ReadOptionalAsync(ApiJson.Default.ParentBody);
        var errors = new List<FieldError>();
        await BodyRules.CheckRoleAsync(request, body.RoleId, errors);
        var draft = body.ToDraft(request["parent"], "", request.Tenant, errors);
        BodyRules.Throw(errors);
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        await RoleEndpoints.ReplyAsync(request, ApiRequest.Ok(await request.Ports.Roles.PutParentAsync(request.Tenant, request["role"], draft, ifVersion, request.Caller)));
    }

    private static async Task RemoveAsync(ApiRequest request)
    {
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        ApiRequest.Ok(await request.Ports.Roles.RemoveParentAsync(request.Tenant, request["role"], request["parent"], ifVersion, request.Caller));
        await request.ReplyNothing();
    }
}
