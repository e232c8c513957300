using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Roles.</summary>
internal static class RoleEndpoints
{
    private const string Roles = "/api/v1/roles", One = Roles + "/{role}";
    private const int RoleBodyLimit = 4 * ApiEndpoint.UsualBody;

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Roles, CreateAsync, Rights.RolesCreate) { Feature = Feature.CustomRoles, BodyLimit = RoleBodyLimit },
        new("GET", Roles, ListAsync, Rights.RolesRead) { Feature = Feature.BuiltInRoles, Query = ["include_built_in", "q", "limit", "page_token"] },
        new("GET", One, GetAsync, Rights.RolesRead) { Feature = Feature.BuiltInRoles },
        new("PUT", One, ReplaceAsync, Rights.RolesUpdate) { TakesIfMatch = true, Feature = Feature.CustomRoles, BodyLimit = RoleBodyLimit },
        new("DELETE", One, DeleteAsync, Rights.RolesDelete) { TakesIfMatch = true, Feature = Feature.CustomRoles, Query = ["force"] },
        new("GET", One + "/hierarchy", HierarchyAsync, Rights.RolesRead) { Feature = Feature.BuiltInRoles },
    ];

    /// <summary>Answers with a role and its version.</summary>
    public static async Task ReplyAsync(ApiRequest request, RoleView view, int status = StatusCodes.Status200OK)
    {
        var withPolicies = view.Role.Policies.IsEmpty || await PolicyEndpoints.MayReadAsync(request);
        ETags.Set(request.Http, view.Role.Version);
        await request.ReplyAsync(RoleReply.Of(request.Tenant, view, withPolicies), ApiJson.Default.RoleReply, status);
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        var draft = await DraftAsync(request, await request.ReadAsync(ApiJson.Default.RoleBody), []);
        var view = ApiRequest.Ok(await request.Ports.Roles.CreateAsync(request.Tenant, draft, request.Caller));
        request.Http.Response.Headers.Location = request.PathOf("roles", view.Role.Id.Value);
        await ReplyAsync(request, view, StatusCodes.Status201Created);
    }

    private static async Task ListAsync(ApiRequest request)
    {
        var (text, includeBuiltIn) = (request.Query.Text("q"), request.Query.Flag("include_built_in", otherwise: true));
        var list = request.ListName(text, includeBuiltIn ? "all" : "custom");
        var query = new RoleQuery(request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit())
        {
            IncludeBuiltIn = includeBuiltIn,
            Text = text,
        };
        var page = ApiRequest.Ok(await request.Ports.Roles.ListAsync(request.Tenant, query));
        var withPolicies = page.Items.All(view => view.Role.Policies.IsEmpty) || await PolicyEndpoints.MayReadAsync(request);
        var reply = new PageReply<RoleReply>([.. page.Items.Select(view => RoleReply.Of(request.Tenant, view, withPolicies))], request.Tokens.Make(page.Next, list));
        await request.ReplyAsync(reply, ApiJson.Default.RolePage);
    }

    private static async Task GetAsync(ApiRequest request) =>
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Roles.GetAsync(request.Tenant, request["role"])));

    private static async Task ReplaceAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.RoleBody);
        var errors = new List<FieldError>();
        await BodyRules.CheckRoleAsync(request, body.RoleId, errors);
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        var draft = await DraftAsync(request, body, errors);
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Roles.ReplaceAsync(request.Tenant, request["role"], draft, ifVersion, request.Caller)));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        var ifVersion = await BodyRules.RoleVersionAsync(request);
        ApiRequest.Ok(await request.Ports.Roles.DeleteAsync(request.Tenant, request["role"], request.Query.Flag("force"), ifVersion, request.Caller));
        await request.ReplyNothing();
    }

    private static async Task HierarchyAsync(ApiRequest request)
    {
        var hierarchy = ApiRequest.Ok(await request.Ports.Roles.GetHierarchyAsync(request.Tenant, request["role"]));
        await request.ReplyAsync(HierarchyReply.Of(hierarchy), ApiJson.Default.HierarchyReply);
    }

    private static async ValueTask<RoleDraft> DraftAsync(ApiRequest request, RoleBody body, List<FieldError> errors)
    {
        if (request.Endpoint.Method == HttpMethods.Post)
        {
            body.CheckRoleId("", errors);
        }
        if (body.Policies is { Count: > 0 })
        {
            await Door.RequireAsync(request, Feature.Policies);
        }
        var draft = body.ToDraft("", request.Tenant, errors);
        BodyRules.Throw(errors);
        return draft;
    }
}
