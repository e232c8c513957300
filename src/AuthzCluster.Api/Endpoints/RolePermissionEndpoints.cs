using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Permissions of a role.</summary>
internal static class RolePermissionEndpoints
{
    private const string Permissions = "/api/v1/roles/{role}/permissions", One = Permissions + "/{permission}";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", Permissions, ListAsync, Rights.RolesRead) { Feature = Feature.BuiltInRoles, Query = ["effective"] },
        new("POST", Permissions, AddAsync, Rights.RolesUpdate) { TakesIfMatch = true, Feature = Feature.CustomRoles },
        new("GET", One, FindAsync, Rights.RolesRead) { Feature = Feature.BuiltInRoles },
        new("DELETE", One, RemoveAsync, Rights.RolesUpdate) { TakesIfMatch = true, Feature = Feature.CustomRoles },
    ];

    private static async Task ListAsync(ApiRequest request)
    {
        // Both are always told: whoever asks without `effective=true` reads `direct`.
        request.Query.Flag("effective");
        var permissions = ApiRequest.Ok(await request.Ports.Roles.ListPermissionsAsync(request.Tenant, request["role"]));
        await request.ReplyAsync(RolePermissionsReply.Of(permissions), ApiJson.Default.RolePermissionsReply);
    }

    private static async Task AddAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.PermissionBody);
        var errors = new List<FieldError>();
        TenantRule.Check(body.TenantId, "", request.Tenant, errors);
        await BodyRules.CheckRoleAsync(request, body.RoleId, errors);
        if (!Permission.TryParse(body.Permission, out _, out var fault))
        {
            errors.Add(new FieldError("permission", fault));
        }
        BodyRules.Throw(errors);
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        var view = ApiRequest.Ok(await request.Ports.Roles.AddPermissionAsync(request.Tenant, request["role"], body.Permission!, ifVersion, request.Caller));
        await RoleEndpoints.ReplyAsync(request, view);
    }

    private static async Task FindAsync(ApiRequest request)
    {
        var cover = ApiRequest.Ok(await request.Ports.Roles.FindCoverAsync(request.Tenant, request["role"], Wanted(request)));
        await request.ReplyAsync(new CoverReply(cover.By is not null, cover.By?.ToString(), cover.FromRole), ApiJson.Default.CoverReply);
    }

    private static async Task RemoveAsync(ApiRequest request)
    {
        var permission = Wanted(request).ToString();
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        ApiRequest.Ok(await request.Ports.Roles.RemovePermissionAsync(request.Tenant, request["role"], permission, ifVersion, request.Caller));
        await request.ReplyNothing();
    }

    private static Permission Wanted(ApiRequest request) =>
        Permission.TryParse(request["permission"], out var permission, out var fault) ? permission : throw ProblemException.Invalid("permission", fault);
}
