using AuthzCluster.Api.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Api.Manners;

/// <summary>What browsers are told about answers: not to guess what they are, keep, frame or run them.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues NoSniff = "nosniff", NoStore = "no-store", Deny = "DENY", NoReferrer = "no-referrer",
        Nothing = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Answers to questions go to programs, and have the two that matter to any reader.</summary>
    public static void Set(HttpContext http, ApiEndpoint? endpoint)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers.CacheControl = NoStore;
        if (endpoint is { IsQuestion: true })
        {
            return;
        }
        headers.ContentSecurityPolicy = Nothing;
        headers.XFrameOptions = Deny;
        headers["Referrer-Policy"] = NoReferrer;
    }
}
