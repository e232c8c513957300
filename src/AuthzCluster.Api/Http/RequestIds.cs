using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>The id of each request: the caller's, if it is visible ASCII of at most 128 characters, else a new one.</summary>
internal static class RequestIds
{
    private const int Longest = 128;
    private const string Header = "X-Request-Id";
    private static readonly string Process = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private static long _last;

    public static string Of(HttpContext http)
    {
        if (http.Request.Headers.TryGetValue(Header, out var given) && given is [{ } id] && IsGood(id))
        {
            return id;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{Process}-{Interlocked.Increment(ref _last):x}");
    }

    public static void Echo(HttpContext http, string id) => http.Response.Headers[Header] = id;

    private static bool IsGood(string id) => id.Length is > 0 and <= Longest && id.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
