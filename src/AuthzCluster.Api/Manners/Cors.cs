using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Api.Manners;

/// <summary>Lets pages of some origins ask from browsers. There are no cookies here: a page has only what credential it sends itself.</summary>
/// <param name="origins">Such as <c>https://app.example.com</c>; <c>*</c> is all of them; none: browsers let no other page read an answer.</param>
internal sealed class Cors(IReadOnlyList<string> origins)
{
    /// <summary>The one that stands for all.</summary>
    public const string Any = "*";

    private static readonly StringValues
        Methods = "GET, POST, PUT, PATCH, DELETE",
        Headers = "Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, Traceparent, X-Request-Id, X-Tenant-Id",
        Readable = "ETag, Idempotency-Replayed, Location, Retry-After, Traceparent, X-Request-Id",
        TenMinutes = "600";

    private readonly bool _takesAny = origins.Contains(Any);

    /// <summary>Adds what the browser must know to an answer; true: the request only asked for that, and is answered.</summary>
    public bool Answers(HttpContext http)
    {
        if (origins.Count == 0 || http.Request.Headers.Origin is not [{ } origin])
        {
            return false;
        }
        var headers = http.Response.Headers;
        headers.Vary = "Origin";
        if (!_takesAny && !origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }
        headers.AccessControlAllowOrigin = _takesAny ? Any : origin;
        headers.AccessControlExposeHeaders = Readable;
        if (!HttpMethods.IsOptions(http.Request.Method) || http.Request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = Headers;
        headers.AccessControlMaxAge = TenMinutes;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    /// <summary>An origin as an option gives it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Parse(string text) =>
        text == Any || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase))
            ? text : throw new FormatException("must be origins such as https://app.example.com, or *");
}
