using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Tenants. The tenant of the request itself is of no account here.</summary>
internal static class TenantEndpoints
{
    private const string Tenants = "/api/v1/tenants", One = Tenants + "/{id}";

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Tenants, CreateAsync, Rights.TenantsCreate) { Feature = Feature.Always, IsOfSystem = true },
        new("GET", Tenants, ListAsync, Rights.TenantsRead) { Feature = Feature.Always, IsOfSystem = true, Query = ["limit", "page_token"] },
        new("GET", One, GetAsync, Rights.TenantsRead) { Feature = Feature.Always, IsOfSystem = true },
        new("PATCH", One, UpdateAsync, Rights.TenantsUpdate) { TakesIfMatch = true, Feature = Feature.Always, IsOfSystem = true },
        new("DELETE", One, DeleteAsync, Rights.TenantsDelete) { TakesIfMatch = true, Feature = Feature.Always, IsOfSystem = true },
    ];

    private static async Task CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.TenantBody);
        var errors = new List<FieldError>();
        Ids.Check(body.Id, "id", errors);
        var patch = body.ToPatch(errors);
        BodyRules.Throw(errors);
        var tenant = ApiRequest.Ok(await request.Ports.Tenants.CreateAsync(new TenantId(body.Id!), patch, request.Caller));
        request.Http.Response.Headers.Location = $"{Tenants}/{Uri.EscapeDataString(tenant.Id.Value)}";
        await ReplyAsync(request, tenant, StatusCodes.Status201Created);
    }

    private static async Task ListAsync(ApiRequest request)
    {
        const string list = Tenants;
        var page = ApiRequest.Ok(await request.Ports.Tenants.ListAsync(request.Tokens.Read(request.Query.Text("page_token"), list), request.Query.Limit()));
        await request.ReplyAsync(
            new PageReply<TenantReply>([.. page.Items.Select(TenantReply.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.TenantPage);
    }

    private static async Task GetAsync(ApiRequest request) =>
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Tenants.GetAsync(Id(request))));

    private static async Task UpdateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.TenantBody);
        var errors = new List<FieldError>();
        if (body.Id is not null && body.Id != request["id"])
        {
            errors.Add(new FieldError("id", "is not the tenant of this path"));
        }
        var patch = body.ToPatch(errors);
        BodyRules.Throw(errors);
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Tenants.UpdateAsync(Id(request), patch, await VersionAsync(request), request.Caller)));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Tenants.DeleteAsync(Id(request), await VersionAsync(request), request.Caller));
        await request.ReplyNothing();
    }

    private static TenantId Id(ApiRequest request) => new(request["id"]);

    private static ValueTask<long?> VersionAsync(ApiRequest request) =>
        ETags.IfMatchAsync(request.Http, async () => (await request.Ports.Tenants.GetAsync(Id(request))).Map(tenant => tenant.Revision));

    private static Task ReplyAsync(ApiRequest request, TenantView tenant, int status = StatusCodes.Status200OK)
    {
        ETags.Set(request.Http, tenant.Revision);
        return request.ReplyAsync(TenantReply.Of(tenant), ApiJson.Default.TenantReply, status);
    }
}
