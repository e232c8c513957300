using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthzCluster.Client.Tests.Support;

/// <summary>A request that came.</summary>
internal sealed record Seen(string Method, string Target, string? Authorization, string? IdempotencyKey)
{
    public static Seen Of(HttpContext http) => new(
        http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        Header(http, "Authorization"), Header(http, "Idempotency-Key"));

    private static string? Header(HttpContext http, string name) => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
