using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using Microsoft.AspNetCore.Http;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>API keys of the request's tenant. A token is in one answer only: that of the request which made it.</summary>
internal static class ApiKeyEndpoints
{
    private const string Keys = "/api/v1/api-keys", One = Keys + "/{api_key}";

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Keys, CreateAsync, Rights.KeysCreate) { Feature = Feature.Always, TellsSecret = true },
        new("GET", Keys, ListAsync, Rights.KeysRead) { Feature = Feature.Always, Query = ["limit", "page_token"] },
        new("GET", One, GetAsync, Rights.KeysRead) { Feature = Feature.Always },
        new("DELETE", One, RevokeAsync, Rights.KeysDelete) { Feature = Feature.Always },
        new("POST", One + "/rotate", RotateAsync, Rights.KeysUpdate) { Feature = Feature.Always, TellsSecret = true },
    ];

    private static async Task CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.ApiKeyBody);
        var errors = new List<FieldError>();
        var draft = body.ToDraft(request.Tenant, errors);
        BodyRules.Throw(errors);
        await request.RequireValidAsync(draft.Tenants);
        var issued = ApiRequest.Ok(await request.Ports.Keys.CreateAsync(request.Tenant, draft, request.Caller));
        request.Http.Response.Headers.Location = request.PathOf("api-keys", issued.Key.Id.Value);
        await ReplyAsync(request, issued, StatusCodes.Status201Created);
    }

    private static async Task ListAsync(ApiRequest request)
    {
        var list = request.ListName();
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Keys.ListAsync(request.Tenant, after, request.Query.Limit()));
        var now = request.Ports.Clock.GetUtcNow();
        var reply = new PageReply<ApiKeyReply>([.. page.Items.Select(key => ApiKeyReply.Of(key, now))], request.Tokens.Make(page.Next, list));
        await request.ReplyAsync(reply, ApiJson.Default.ApiKeyPage);
    }

    private static async Task GetAsync(ApiRequest request)
    {
        var key = ApiRequest.Ok(await request.Ports.Keys.GetAsync(request.Tenant, Id(request)));
        await request.ReplyAsync(ApiKeyReply.Of(key, request.Ports.Clock.GetUtcNow()), ApiJson.Default.ApiKeyReply);
    }

    private static async Task RevokeAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Keys.RevokeAsync(request.Tenant, Id(request), request.Caller));
        await request.ReplyNothing();
    }

    private static async Task RotateAsync(ApiRequest request)
    {
        var body = await request.ReadOptionalAsync(ApiJson.Default.RotateBody);
        var errors = new List<FieldError>();
        TenantRule.Check(body.TenantId, "", request.Tenant, errors);
        var overlap = body.ToOverlap(errors);
        BodyRules.Throw(errors);
        await request.RequireValidAsync(ApiRequest.Ok(await request.Ports.Keys.GetAsync(request.Tenant, Id(request))).Tenants);
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Keys.RotateAsync(request.Tenant, Id(request), overlap, request.Caller)));
    }

    private static ApiKeyId Id(ApiRequest request) => new(request["api_key"]);

    private static Task ReplyAsync(ApiRequest request, IssuedKey issued, int status = StatusCodes.Status200OK)
    {
        request.Http.Response.Headers.CacheControl = "no-store";
        return request.ReplyAsync(ApiKeyReply.Of(issued, request.Ports.Clock.GetUtcNow()), ApiJson.Default.ApiKeyReply, status);
    }
}
