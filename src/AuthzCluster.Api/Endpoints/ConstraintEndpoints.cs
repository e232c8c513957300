using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Separation of duty.</summary>
internal static class ConstraintEndpoints
{
    private const string Constraints = "/api/v1/constraints", One = Constraints + "/{constraint}";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", Constraints, ListAsync, Rights.ConstraintsRead) { Feature = Feature.Constraints, Query = ["limit", "page_token"] },
        new("POST", Constraints, CreateAsync, Rights.ConstraintsCreate) { Feature = Feature.Constraints },
        new("GET", One, GetAsync, Rights.ConstraintsRead) { Feature = Feature.Constraints },
        new("DELETE", One, DeleteAsync, Rights.ConstraintsDelete) { Feature = Feature.Constraints },
    ];

    private static async Task ListAsync(ApiRequest request)
    {
        var list = request.ListName();
        var after = request.Tokens.Read(request.Query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Constraints.ListAsync(request.Tenant, after, request.Query.Limit()));
        await request.ReplyAsync(
            new PageReply<ConstraintReply>([.. page.Items.Select(ConstraintReply.Of)], request.Tokens.Make(page.Next, list)), ApiJson.Default.ConstraintPage);
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync(ApiJson.Default.ConstraintBody);
        var errors = new List<FieldError>();
        var draft = body.ToDraft("", request.Tenant, errors);
        BodyRules.Throw(errors);
        var made = ApiRequest.Ok(await request.Ports.Constraints.CreateAsync(request.Tenant, draft, request.Caller));
        request.Http.Response.Headers.Location = request.PathOf("constraints", made.Id);
        await request.ReplyAsync(ConstraintReply.Of(made), ApiJson.Default.ConstraintReply, StatusCodes.Status201Created);
    }

    private static async Task GetAsync(ApiRequest request) => await request.ReplyAsync(
        ConstraintReply.Of(ApiRequest.Ok(await request.Ports.Constraints.GetAsync(request.Tenant, request["constraint"]))), ApiJson.Default.ConstraintReply);

    private static async Task DeleteAsync(ApiRequest request)
    {
        ApiRequest.Ok(await request.Ports.Constraints.DeleteAsync(request.Tenant, request["constraint"], request.Caller));
        await request.ReplyNothing();
    }
}
