using AuthzCluster.Domain.Administration;
using System.Globalization;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Governance;
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

    /// <summary>The records that a query asks for. What none can be found by is refused: an empty list would say that nothing was done.</summary>
    public static AuditQuery Read(Query query, long? before, int limit)
    {
        var (action, from, to) = (query.Text("action"), query.Time("from"), query.Time("to"));
        return action is not null && !AuditActions.IsKnown(action) ? throw ProblemException.Invalid("action", "must be what a record can tell, such as role.assigned")
            : from > to ? throw ProblemException.Invalid("from", "must not be later than `to`")
            : new AuditQuery(before, limit) { Actor = query.Text("actor"), Target = query.Text("target"), Action = action, From = from, To = to };
    }

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
