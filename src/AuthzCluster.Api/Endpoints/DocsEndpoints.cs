using AuthzCluster.Api.Http;
using AuthzCluster.Api.OpenApi;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>The API's description, and a page to read and try it. They hold what is public anyway, and need no credential.</summary>
internal static class DocsEndpoints
{
    private const string PageRules = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static readonly ApiEndpoint[] All =
    [
        new("GET", "/openapi/v1.json", request => request.ReplyBytesAsync(MediaTypes.Json, ApiDescription.Bytes), null) { Feature = Feature.Always, IsOpen = true },
        new("GET", "/docs", request => PageAsync(request, "page.html", "text/html; charset=utf-8"), null) { Feature = Feature.Always, IsOpen = true },
        new("GET", "/docs/page.js", request => PageAsync(request, "page.js", "text/javascript; charset=utf-8"), null) { Feature = Feature.Always, IsOpen = true },
    ];

    private static Task PageAsync(ApiRequest request, string file, string type)
    {
        request.Http.Response.Headers.ContentSecurityPolicy = PageRules;
        return request.ReplyBytesAsync(type, DocsPage.Read(file));
    }
}
