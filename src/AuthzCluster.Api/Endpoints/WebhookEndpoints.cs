using System.Globalization;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Where the request's tenant has its events sent. A secret is in one answer only: that of the request which made it.</summary>
internal static class WebhookEndpoints
{
    private const string Webhooks = "/api/v1/webhooks", One = Webhooks + "/{webhook}";

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Webhooks, CreateAsync, Rights.WebhooksCreate) { Feature = Feature.Always, TellsSecret = true },
        new("GET", Webhooks, ListAsync, Rights.WebhooksRead) { Feature = Feature.Always, Query = ["limit", "page_token"] },
        new("GET", One, GetAsync, Rights.WebhooksRead) { Feature = Feature.Always },
        new("PATCH", One, UpdateAsync, Rights.WebhooksUpdate) { TakesIfMatch = true, Feature = Feature.Always },
        new("DELETE", One, DeleteAsync, Rights.WebhooksDelete) { TakesIfMatch = true, Feature = Feature.Always },
        new("POST", One + "/rotate", RotateAsync, Rights.WebhooksUpdate) { Feature = Feature.Always, TellsSecret = true },
        new("GET", One + "/dead-letters", ListDeadAsync, Rights.WebhooksRead) { Feature = Feature.Always },
        new("POST", One + "/replay", ReplayAsync, Rights.WebhooksUpdate) { Feature = Feature.Always, Query = ["from"] },
    ];

    private static async Task CreateAsync(ApiRequest request)
    {
        var issued = ApiRequest.Ok(await request.Ports.Webhooks.CreateAsync(request.Tenant, await ReadAsync(request), request.Caller));
        request.Http.Response.Headers.Location = request.PathOf("webhooks", issued.Hook.Id);
        await ReplyAsync(request, issued, StatusCodes.Status201Created);
    }

    private static async Task ListAsync(ApiRequest request)
    {
        var list = request.ListName();
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Webhooks.ListAsync(request.Tenant, after, request.Query.Limit()));
        var showsUrls = await ShowsUrlsAsync(request);
        await request.ReplyAsync(new PageReply<WebhookReply>([.. page.Items.Select(hook => WebhookReply.Of(hook, showsUrls))], request.Tokens.Make(page.Next, list)), ApiJson.Default.WebhookPage);
    }

    private static async Task GetAsync(ApiRequest request) =>
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Webhooks.GetAsync(request.Tenant, request["webhook"])), await ShowsUrlsAsync(request));

    private static async ValueTask<bool> ShowsUrlsAsync(ApiRequest request) =>
        ApiRequest.Ok(await request.Ports.Rights.MayAsync(request.Tenant, request.Caller, Rights.WebhooksUpdate));

    private static async Task UpdateAsync(ApiRequest request)
    {
        var patch = await ReadAsync(request);
        await ReplyAsync(request, ApiRequest.Ok(
            await request.Ports.Webhooks.UpdateAsync(request.Tenant, request["webhook"], patch, await VersionAsync(request), request.Caller)));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Webhooks.DeleteAsync(request.Tenant, request["webhook"], await VersionAsync(request), request.Caller));
        await request.ReplyNothing();
    }

    private static async Task RotateAsync(ApiRequest request)
    {
        var body = await request.ReadOptionalAsync(ApiJson.Default.RotateBody);
        var errors = new List<FieldError>();
        TenantRule.Check(body.TenantId, "", request.Tenant, errors);
        var overlap = body.ToOverlap(errors);
        BodyRules.Throw(errors);
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Webhooks.RotateAsync(request.Tenant, request["webhook"], overlap, request.Caller)), StatusCodes.Status200OK);
    }

    private static async Task ListDeadAsync(ApiRequest request)
    {
        var dead = ApiRequest.Ok(await request.Ports.Webhooks.ListDeadAsync(request.Tenant, request["webhook"]));
        await request.ReplyAsync(new PageReply<DeadLetterReply>([.. dead.Select(DeadLetterReply.Of)], null), ApiJson.Default.DeadLetterPage);
    }

    private static async Task ReplayAsync(ApiRequest request)
    {
        var body = await request.ReadOptionalAsync(ApiJson.Default.NoBody);
        var errors = new List<FieldError>();
        TenantRule.Check(body.TenantId, "", request.Tenant, errors);
        BodyRules.Throw(errors);
        var from = long.TryParse(request.Query.Text("from"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence : throw ProblemException.Invalid("from", "must be the sequence of an event, or 0 for the beginning");
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Webhooks.ReplayAsync(request.Tenant, request["webhook"], from, request.Caller)));
    }

    private static async ValueTask<WebhookDraft> ReadAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.WebhookBody);
        var errors = new List<FieldError>();
        var draft = body.ToDraft(request.Tenant, errors);
        BodyRules.Throw(errors);
        return draft;
    }

    private static ValueTask<long?> VersionAsync(ApiRequest request) =>
        ETags.IfMatchAsync(request.Http, async () => (await request.Ports.Webhooks.GetAsync(request.Tenant, request["webhook"])).Map(hook => hook.Version));

    private static Task ReplyAsync(ApiRequest request, Webhook hook, bool showsUrl = true)
    {
        ETags.Set(request.Http, hook.Version);
        return request.ReplyAsync(WebhookReply.Of(hook, showsUrl), ApiJson.Default.WebhookReply);
    }

    private static Task ReplyAsync(ApiRequest request, IssuedWebhook issued, int status)
    {
        ETags.Set(request.Http, issued.Hook.Version);
        request.Http.Response.Headers.CacheControl = "no-store";
        return request.ReplyAsync(WebhookReply.Of(issued), ApiJson.Default.WebhookReply, status);
    }
}
