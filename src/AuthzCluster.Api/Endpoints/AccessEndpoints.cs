using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Reviews of access: all that a subject may, or all who have something by a role, each with the whole way by which it came.</summary>
internal static class AccessEndpoints
{
    private const int ExportedAtOnce = 1000;

    public static readonly ApiEndpoint[] All =
    [
        new("GET", "/api/v1/users/{user}/access", OfSubjectAsync, null) { Feature = Feature.Always, IsQuestion = true, Query = ["at", "format", "limit", "page_token"] },
        new("GET", "/api/v1/principals/{type}/{id}/access", OfSubjectAsync, null) { Feature = Feature.Always, IsQuestion = true, Query = ["at", "format", "limit", "page_token"] },
        new("GET", "/api/v1/roles/{role}/access", OfRoleAsync, null) { Feature = Feature.BuiltInRoles, IsQuestion = true, Query = ["format", "limit", "page_token"] },
    ];

    // What hangs on a scope, a condition or a policy is told so: whether it holds, a check says.
    private static async Task OfSubjectAsync(ApiRequest request)
    {
        var (subject, at) = (request.NamedSubject(), request.Query.Time("at"));
        await request.RequireAskingAsync(subject, why: true);
        var all = ApiRequest.Ok(await request.Ports.Decisions.ListPermissionsAsync(request.Tenant, subject, at ?? request.Ports.Clock.GetUtcNow()));
        var showsPolicies = await PolicyEndpoints.MayReadAsync(request);
        var entries = all.OrderBy(KeyOf, StringComparer.Ordinal).ToArray();
        await AnswerAsync(request, request.ListName(at is { } instant ? Times.Format(instant) : null), (after, limit) =>
        {
            var page = Slices.Take(entries, KeyOf, after, limit);
            return Task.FromResult(new Page<AccessReply>([.. page.Items.Select(item => AccessReply.Of(subject, item, showsPolicies))], page.Next));
        });

        static string KeyOf(EffectivePermission entry) => $"{entry.Permission} {entry.Assignment} {entry.Team} {entry.Policy}";
    }

    private static async Task OfRoleAsync(ApiRequest request)
    {
        await request.RequireAskingOfOthersAsync(why: true);
        await Door.RequireAsync(request, request.Endpoint.Feature);
        var showsPolicies = await PolicyEndpoints.MayReadAsync(request);
        var access = new RoleAccess(request.Ports.Roles, request.Ports.Assignments);
        await AnswerAsync(request, request.ListName(), async (after, limit) =>
        {
            var page = ApiRequest.Ok(await access.ReadAsync(request.Tenant, request["role"], after, limit));
            return new Page<AccessReply>([.. page.Items.Select(item => AccessReply.Of(item, showsPolicies))], page.Next);
        });
    }

    private static async Task AnswerAsync(ApiRequest request, string list, Func<string?, int, Task<Page<AccessReply>>> read)
    {
        var (format, token) = (request.Query.Text("format") ?? "json", request.Query.Text("page_token"));
        if (format == "json")
        {
            var page = await read(request.Tokens.Read(token, list), request.Query.Limit());
            await request.ReplyAsync(new PageReply<AccessReply>(page.Items, request.Tokens.Make(page.Next, list)), ApiJson.Default.AccessPage);
            return;
        }
        var export = AccessExport.Find(format) ?? throw ProblemException.Invalid("format", "must be `json`, `csv` or `ndjson`");
        if (token is not null || request.Query.Text("limit") is not null)
        {
            throw ProblemException.Invalid(token is null ? "limit" : "page_token", "is of pages: an export is whole");
        }
        await ExportAsync(request, export, read);
    }

    // What fails after the first page can only be cut off: the connection ends before the body does.
    private static async Task ExportAsync(ApiRequest request, AccessExport export, Func<string?, int, Task<Page<AccessReply>>> read)
    {
        var page = await read(null, ExportedAtOnce);
        var (response, cancelled) = (request.Http.Response, request.Http.RequestAborted);
        response.ContentType = export.ContentType;
        await response.Body.WriteAsync(export.Head, cancelled);
        while (true)
        {
            await request.SendAsync(response.Body.WriteAsync(export.Write(page.Items), cancelled).AsTask());
            if (page.Next is null)
            {
                return;
            }
            await request.GoOnAsync();
            page = await read(page.Next, ExportedAtOnce);
        }
    }
}
