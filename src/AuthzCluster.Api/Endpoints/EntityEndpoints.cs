using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Stored attributes of subjects and resources.</summary>
internal static class EntityEndpoints
{
    /// <summary>The path of all of them of one type.</summary>
    public const string OfType = "/api/v1/entities/{type}";

    private const string One = OfType + "/{id}";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", OfType, ListAsync, Rights.EntitiesRead) { Feature = Feature.Always, Query = ["limit", "page_token"] },
        new("GET", One, GetAsync, Rights.EntitiesRead) { Feature = Feature.Always },
        new("PUT", One, PutAsync, Rights.EntitiesUpdate) { TakesIfMatch = true, Feature = Feature.Always },
        new("DELETE", One, DeleteAsync, Rights.EntitiesDelete) { TakesIfMatch = true, Feature = Feature.Always },
    ];

    private static async Task ListAsync(ApiRequest request)
    {
        var list = request.ListName();
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Entities.ListAsync(request.Tenant, request["type"], after, request.Query.Limit()));
        await request.ReplyAsync(
            new PageReply<EntityReply>([.. page.Items.Select(EntityReply.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.EntityPage);
    }

    private static async Task GetAsync(ApiRequest request) =>
        await ReplyAsync(request, ApiRequest.Ok(await request.Ports.Entities.GetAsync(request.Tenant, Id(request))));

    private static async Task PutAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.EntityBody);
        var errors = new List<FieldError>();
        var properties = body.ToProperties(Id(request), request.Tenant, errors);
        BodyRules.Throw(errors);
        await ReplyAsync(request, ApiRequest.Ok(
            await request.Ports.Entities.PutAsync(request.Tenant, Id(request), properties, await VersionAsync(request), request.Caller)));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Entities.DeleteAsync(request.Tenant, Id(request), await VersionAsync(request), request.Caller));
        await request.ReplyNothing();
    }

    private static EntityId Id(ApiRequest request) => new(request["type"], request["id"]);

    private static ValueTask<long?> VersionAsync(ApiRequest request) =>
        ETags.IfMatchAsync(request.Http, async () => (await request.Ports.Entities.GetAsync(request.Tenant, Id(request))).Map(view => view.Entity.Revision));

    private static Task ReplyAsync(ApiRequest request, EntityView entity)
    {
        ETags.Set(request.Http, entity.Entity.Revision);
        return request.ReplyAsync(EntityReply.Of(entity), ApiJson.Default.EntityReply);
    }
}
