using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthzCluster.Api.Manners;

/// <summary>
/// Compresses large answers to GET. None of them has a secret that its reader did not send or may not read (tokens of keys are told by POST only),
/// and there are no cookies with which another page could ask in somebody's name: that lengths tell of contents (BREACH) tells nobody anything.
/// What has an entity tag is left as it is, since its tag is that of its bytes.
/// </summary>
internal static class CompressedAnswer
{
    private const int Least = 8 * 1024;

    /// <summary>Whether an answer of so many bytes is to be compressed; tells caches that it depends.</summary>
    public static bool IsWanted(HttpContext http, int bytes)
    {
        if (bytes < Least || !HttpMethods.IsGet(http.Request.Method) || http.Response.Headers.ETag.Count > 0)
        {
            return false;
        }
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        return StringWithQualityHeaderValue.TryParseList(http.Request.Headers.AcceptEncoding, out var accepted)
            && accepted.Any(one => one.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
    }

    /// <summary>Sends a whole answer.</summary>
    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }
        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.ContentLength = packed.Length;
        return http.Response.Body.WriteAsync(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
