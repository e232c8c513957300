using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>The tenant's registry of known permissions.</summary>
internal static class PermissionEndpoints
{
    private const string Permissions = "/api/v1/permissions", One = Permissions + "/{permission}";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", Permissions, ListAsync, Rights.PermissionsRead) { Feature = Feature.Always, Query = ["q", "limit", "page_token"] },
        new("POST", Permissions, RegisterAsync, Rights.PermissionsCreate) { Feature = Feature.CustomRoles },
        new("GET", One, GetAsync, Rights.PermissionsRead) { Feature = Feature.Always },
        new("DELETE", One, RemoveAsync, Rights.PermissionsDelete) { Feature = Feature.CustomRoles },
    ];

    private static async Task ListAsync(ApiRequest request)
    {
        var text = request.Query.Text("q");
        var list = request.ListName(text);
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Permissions.ListAsync(request.Tenant, text, after, request.Query.Limit()));
        await request.ReplyAsync(
            new PageReply<RegisteredPermissionReply>([.. page.Items.Select(RegisteredPermissionReply.Of)], request.Tokens.Make(page.Next, list)),
            ApiJson.Default.PermissionPage);
    }

    private static async Task GetAsync(ApiRequest request) =>
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Permissions.GetAsync(request.Tenant, Named(request))), StatusCodes.Status200OK);

    // What is there already is described anew: 200. What the body says is what is stored, so it is not read again.
    private static async Task RegisterAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.RegisterPermissionBody);
        var errors = new List<FieldError>();
        TenantRule.Check(body.TenantId, "", request.Tenant, errors);
        if (!Permission.TryParse(body.Permission, out var permission, out var fault))
        {
            errors.Add(new FieldError("permission", fault));
        }
        BodyRules.Throw(errors);
        var isNew = ApiRequest.Ok(await request.Ports.Permissions.RegisterAsync(request.Tenant, body.Permission!, body.Description, request.Caller));
        if (isNew)
        {
            request.Http.Response.Headers.Location = request.PathOf("permissions", permission!.ToString());
        }
        await ReplyAsync(
            request, new RegisteredPermission(permission!, body.Description, false), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task RemoveAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Permissions.RemoveAsync(request.Tenant, Named(request), request.Caller));
        await request.ReplyNothing();
    }

    private static Permission Named(ApiRequest request) =>
        Permission.TryParse(request["permission"], out var permission, out var fault) ? permission : throw ProblemException.Invalid("permission", fault);

    private static Task ReplyAsync(ApiRequest request, RegisteredPermission entry, int status) =>
        request.ReplyAsync(RegisteredPermissionReply.Of(entry), ApiJson.Default.RegisteredPermissionReply, status);
}
