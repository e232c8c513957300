using AuthzCluster.Domain.Administration;
using System.Globalization;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>What was done.</summary>
internal static class AuditEndpoints
{
    /// <summary>What a list can be narrowed by.</summary>
    public static readonly IReadOnlyList<string> Filters = ["actor", "target", "action", "from", "to"];

    public static readonly ApiEndpoint[] All =
    [
        new("GET", "/api/v1/audit", ListAsync, Rights.AuditRead) { Feature = Feature.Always, Query = [.. Filters, "limit", "page_token"] },
    ];

    /// <summary>The records that a query asks for.</summary>
    public static AuditQuery Read(Query query, long? before, int limit) => new(before, limit)
    {
        Actor = query.Text("actor"),
        Target = query.Text("target"),
        Action = query.Text("action"),
        From = query.Time("from"),
        To = query.Time("to"),
    };

    private static async Task ListAsync(ApiRequest request)
    {
        var query = request.Query;
        var list = request.ListName(query.Text("actor"), query.Text("target"), query.Text("action"), query.Text("from"), query.Text("to"));
        var before = request.Tokens.Read(query.Text("page_token"), list);
        var page = ApiRequest.Ok(await request.Ports.Audit.ListAsync(
            request.Tenant, Read(query, before is null ? null : long.Parse(before, CultureInfo.InvariantCulture), query.Limit())));
        // What a policy says is for who may read policies, here as everywhere.
        var showsPolicies = !page.Items.Any(AuditReply.IsOfPolicy) || await PolicyEndpoints.MayReadAsync(request);
        await request.ReplyAsync(
            new PageReply<AuditReply>([.. page.Items.Select(record => AuditReply.Of(record, showsPolicies))], request.Tokens.Make(page.Next, list)), ApiJson.Default.AuditPage);
    }
}
