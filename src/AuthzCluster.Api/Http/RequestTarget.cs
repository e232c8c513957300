using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthzCluster.Api.Http;

/// <summary>
/// The path of a request as its segments, each decoded by itself, so that <c>%2F</c> is a slash inside a name.
/// Read from the raw target: the framework's path has lost that difference.
/// </summary>
internal readonly ref struct RequestTarget
{
    private RequestTarget(ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        Path = path;
        Query = query;
    }

    public ReadOnlySpan<char> Path { get; }

    public ReadOnlySpan<char> Query { get; }

    public static RequestTarget Of(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget.AsSpan();
        if (!raw.StartsWith("/"))
        {
            raw = AfterAuthority(raw);
        }
        var mark = raw.IndexOf('?');
        return mark < 0 ? new RequestTarget(raw, []) : new RequestTarget(raw[..mark], raw[(mark + 1)..]);
    }

    /// <summary>The decoded segments; a trailing slash adds none. Throws 400 where one is no valid text.</summary>
    public List<string> Segments()
    {
        var segments = new List<string>(8);
        var rest = Path.StartsWith("/") ? Path[1..] : Path;
        while (!rest.IsEmpty)
        {
            var slash = rest.IndexOf('/');
            var raw = slash < 0 ? rest : rest[..slash];
            segments.Add(PercentDecoder.TryDecode(raw, plusIsSpace: false, out var segment)
                ? segment
                : throw ProblemException.Invalid("path", $"`{raw}` is not percent-encoded UTF-8"));
            rest = slash < 0 ? [] : rest[(slash + 1)..];
        }
        return segments;
    }

    // The absolute form, `http://host/path`, as proxies send it.
    private static ReadOnlySpan<char> AfterAuthority(ReadOnlySpan<char> raw)
    {
        var authority = raw.IndexOf("://");
        if (authority < 0)
        {
            return raw;
        }
        var rest = raw[(authority + 3)..];
        var end = rest.IndexOfAny('/', '?');
        return end < 0 ? "/" : rest[end..];
    }
}
