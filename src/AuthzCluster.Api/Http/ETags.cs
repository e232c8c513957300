using System.Globalization;
using AuthzCluster.Domain.Errors;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>Versions as entity tags.</summary>
internal static class ETags
{
    private const string Rule = "must be an entity tag such as \"3\", a list of them, or *";

    public static void Set(HttpContext http, long version) => http.Response.Headers.ETag = Of(version);

    /// <summary>
    /// The version that If-Match asks for: null where there is no such header, or where it is <c>*</c>. Of several
    /// the one that <paramref name="current"/> is, if it is among them. A weak tag never matches: -1, no version.
    /// </summary>
    public static async ValueTask<long?> IfMatchAsync(HttpContext http, Func<Task<Result<long>>> current)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header.Length == 0 || header == "*")
        {
            return null;
        }
        var versions = Tags(header).Select(Parse).ToList();
        if (versions.Count <= 1)
        {
            return versions is [var only] ? only : throw ProblemException.Invalid("If-Match", Rule);
        }
        var now = await current();
        return now.IsOk && versions.Contains(now.Value) ? now.Value : -1;
    }

    private static string Of(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    // The members of a list; a comma inside a tag's quotes parts nothing, and an empty member says nothing.
    private static IEnumerable<string> Tags(string list)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= list.Length; i++)
        {
            isQuoted ^= i < list.Length && list[i] == '"';
            if (i < list.Length && (isQuoted || list[i] != ','))
            {
                continue;
            }
            if (list[start..i].Trim() is { Length: > 0 } tag)
            {
                yield return tag;
            }
            start = i + 1;
        }
    }

    // An opaque tag that we never gave out is well-formed, and matches nothing.
    private static long Parse(string part)
    {
        var tag = part;
        var weak = tag.StartsWith("W/", StringComparison.Ordinal);
        tag = weak ? tag[2..] : tag;
        if (tag.Length < 2 || tag[0] != '"' || tag[^1] != '"' || tag[1..^1].Contains('"', StringComparison.Ordinal))
        {
            throw ProblemException.Invalid("If-Match", Rule);
        }
        return !weak && long.TryParse(tag[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && Of(version) == tag ? version : -1;
    }
}
