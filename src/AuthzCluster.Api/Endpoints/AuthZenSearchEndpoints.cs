using System.Text;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.AuthZen;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Searches as AuthZEN 1.0 asks for them. A token has the whole search in it, so that it may be sent alone.</summary>
internal static class AuthZenSearchEndpoints
{
    private const int UsualLimit = 100, MostAtOnce = 1000, LongestQuery = 64 * 1024;

    public static readonly ApiEndpoint[] All = [Endpoint("subject", AccessQueryKind.Subjects), Endpoint("resource", AccessQueryKind.Resources), Endpoint("action", AccessQueryKind.Actions)];

    private static ApiEndpoint Endpoint(string name, AccessQueryKind open) =>
        new("POST", $"{AuthZenErrors.Root}/search/{name}", request => SearchAsync(request, open), null) { Feature = Feature.Always, IsQuestion = true, IsAuthZen = true };

    private static async Task SearchAsync(ApiRequest request, AccessQueryKind open)
    {
        var body = await request.ReadJsonAsync();
        var (item, text, limit, after) = Read(request, AuthZenSearchReader.Read(body.Span), open);
        if (open == AccessQueryKind.Subjects)
        {
            await request.RequireAskingOfOthersAsync(why: false);
        }
        else
        {
            await request.RequireAskingAsync(AuthZenMapping.SubjectOf(item), why: false);
        }
        var (found, next) = await FindAsync(request, item, open, limit, after);
        var type = (open == AccessQueryKind.Subjects ? item.Subject : item.Resource)!.Type!;
        var token = next is null ? null : request.Tokens.Make(AuthZenQuery.PlaceOf(text, limit, next), request.ListName());
        await request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, new AuthZenSearchWriter(open, type, found, token), AuthZenSearchWriter.Write);
    }

    private static (AuthZenItem Item, string Text, int Limit, string? After) Read(ApiRequest request, AuthZenSearch search, AccessQueryKind open)
    {
        PassOver(search, open);
        if (search.Token is not { Length: > 0 } token)
        {
            var text = TextOf(search, open);
            return (search, text, Math.Min(search.Limit ?? UsualLimit, MostAtOnce), null);
        }
        var (first, limit, after) = AuthZenQuery.ReadPlace(request.Tokens.Read(token, request.ListName())!);
        if (!search.IsBare && TextOf(search, open) != first)
        {
            throw ProblemException.Invalid("page.token", "is of another search: send it alone, or with what was looked for first");
        }
        return (AuthZenSearchReader.Read(Encoding.UTF8.GetBytes(first)), first, limit, after);
    }

    // What is said of the open part beside its type means nothing.
    private static void PassOver(AuthZenSearch search, AccessQueryKind open)
    {
        switch (open)
        {
            case AccessQueryKind.Actions:
                search.Action = null;
                break;
            case AccessQueryKind.Subjects:
                search.Subject = search.Subject?.WithoutId();
                break;
            default:
                search.Resource = search.Resource?.WithoutId();
                break;
        }
    }

    private static string TextOf(AuthZenItem item, AccessQueryKind open)
    {
        if (item.Incomplete(open) is { } fault)
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.ValidationFailed, fault)));
        }
        var text = AuthZenQuery.TextOf(item, open);
        return text.Length <= LongestQuery ? text : throw new ProblemException(Problem.TooLarge(LongestQuery));
    }

    // What names something outside our grammar finds nothing.
    private static async Task<(IReadOnlyList<string> Found, string? Next)> FindAsync(ApiRequest request, AuthZenItem item, AccessQueryKind open, int limit, string? after)
    {
        if (AuthZenMapping.Map(item, open) is not { } query)
        {
            ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant));
            return ([], null);
        }
        var now = request.Ports.Clock.GetUtcNow();
        var page = ApiRequest.Ok(await request.Search.FindAsync(request.Tenant, request.Within(query), after, limit, now, now));
        return (page.Items, page.Next);
    }
}
