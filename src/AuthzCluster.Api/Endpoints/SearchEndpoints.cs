using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Who may do something, on what somebody may do it, and what they may do there.</summary>
internal static class SearchEndpoints
{
    // Each asks for a trace of its own.
    private const int MostExplainedAtOnce = 16;

    public static readonly ApiEndpoint[] All = [Endpoint("subject", AccessQueryKind.Subjects), Endpoint("resource", AccessQueryKind.Resources), Endpoint("action", AccessQueryKind.Actions)];

    private static ApiEndpoint Endpoint(string name, AccessQueryKind open) =>
        new("POST", $"/api/v1/search/{name}", request => SearchAsync(request, open), null) { Feature = Feature.Always, IsQuestion = true };

    private static async Task SearchAsync(ApiRequest request, AccessQueryKind open)
    {
        var body = await request.ReadJsonAsync();
        var search = SearchReader.Read(body.Span, open);
        if (open == AccessQueryKind.Subjects)
        {
            await request.RequireAskingOfOthersAsync(search.Explain);
        }
        else
        {
            await request.RequireAskingAsync(search.Query.Template.Subject, search.Explain);
        }
        var list = request.ListName(SearchWriter.TextOf(search));
        search = search with { Query = request.Within(search.Query) };
        var now = request.Ports.Clock.GetUtcNow();
        var page = ApiRequest.Ok(await request.Search.FindAsync(request.Tenant, search.Query, request.Tokens.Read(search.Token, list), search.Limit, search.At ?? now, now));
        var answers = search.Explain ? await ExplainAsync(request, search, page, search.At ?? now) : null;
        var reply = new SearchWriter(search.Query, page.Items, answers, request.Tokens.Make(page.Next, list));
        await request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, reply, SearchWriter.Write);
    }

    private static async Task<IReadOnlyList<Answer>> ExplainAsync(ApiRequest request, Search search, Page<string> page, DateTimeOffset at)
    {
        var (answers, showsPolicies) = (new List<Answer>(page.Items.Count), await PolicyEndpoints.MayReadAsync(request));
        foreach (var part in page.Items.Chunk(MostExplainedAtOnce))
        {
            foreach (var explained in await Task.WhenAll(part.Select(item => request.Ports.Decisions.ExplainAsync(request.Tenant, search.Query.Ask(item), at).AsTask())))
            {
                answers.Add(Answer.Of(ApiRequest.Ok(explained), showsPolicies));
            }
        }
        return answers;
    }
}
