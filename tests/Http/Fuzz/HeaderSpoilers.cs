namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Methods and headers that are not what they should be.</summary>
internal static class HeaderSpoilers
{
    private static readonly string[] Read = ["X-Request-Id", "X-Tenant-Id", "If-Match", "Idempotency-Key", "Authorization", "Accept", "Cookie", "Expect", "Host", "X-Forwarded-For", "X-Http-Method-Override"];

    public static readonly Spoiler[] All =
    [
        new("wrong credential", true, (context, request) => Credential(context, request)),
        new("two credentials", true, (context, request) => request.And("Authorization", context.Pick("Bearer x", $"Bearer {context.Key}", "Basic eDp5"))),
        new("odd credential", false, (context, request) => request.With("Authorization", context.Pick($"bearer {context.Key}", $"Bearer  {context.Key} ", $"BEARER {context.Key}", $"Bearer\t{context.Key}"))),
        new("odd method", true, (context, request) => request with { Method = context.Pick("BREW", "OPTIONS", "TRACE", "get", "post", "PROPFIND", "M-SEARCH", "GETT", "X", new string('M', 200)) }),
        new("another method", false, (context, request) => request with { Method = context.Pick("GET", "POST", "PUT", "PATCH", "DELETE") }) { Strays = true },
        new("head", true, (context, request) => context.Endpoint.Method == "GET" ? null : request with { Method = "HEAD" }),
        new("head of get", false, (context, request) => context.Endpoint.Method == "GET" ? request with { Method = "HEAD" } : null),
        new("content type", true, (context, request) => context.Good.Body is not null ? request.With("Content-Type", context.Pick("text/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/octet-streams", "image/png", "application/json, text/xml", "*/*")) : null),
        new("odd content type", false, (context, request) => context.Good.Body is not null ? request.With("Content-Type", context.Pick("", " ", "application/json;", "application/json; charset", "APPLICATION/JSON", "application/json; charset=\"UTF-8\"", "application/vnd.x+json", "application/yaml", "text/yaml", "application/x-ndjson", "text/plain", "application/json; charset=utf-8; charset=utf-16")) : null),
        new("content encoding", true, (context, request) => context.Good.Body is not null ? request.With("Content-Encoding", context.Pick("gzip", "br", "deflate", "gzip, identity", "x", "chunked")) : null),
        new("tenant by header", false, (context, request) => request.And("X-Tenant-Id", Latin1(OddTexts.Pick(context.Random)))),
        new("two tenants", false, (context, request) => request.And("X-Tenant-Id", "acme").And("X-Tenant-Id", "system")),
        new("odd header", false, (context, request) => request.With(Not(context.Pick<string>(Read), "Host", "Authorization", "Expect"), Latin1(OddTexts.Pick(context.Random)))),
        new("raw line break in a header", false, (context, request) => request.With(Not(context.Pick<string>(Read), "Authorization"), $"x{context.Pick("\r\n", "\n", "\r", "\r\n ", "\r\n\t")}X-Injected: yes") with { IsRaw = true }),
        new("raw byte in a header", false, (context, request) => request.With(Not(context.Pick<string>(Read), "Authorization"), $"a{(char)context.Random.Next(256)}b") with { IsRaw = true }),
        new("if-match", false, (context, request) => request.With("If-Match", context.Pick("\"", "\"\"", "W/", "\"1", ",,,,", "\"-1\"", "\"99999999999999999999\"", "*, \"1\"", new string('"', 9001), string.Join(',', Enumerable.Repeat("\"a\"", 3000))))),
        new("idempotency key", false, (context, request) => request.With("Idempotency-Key", context.Pick("", " ", new string('k', 10_000), "a\tb", "k", "\u00ff", new string('k', 255), $"k{context.Random.Next(8)}"))),
        new("two idempotency keys", false, (context, request) => request.And("Idempotency-Key", "k1").And("Idempotency-Key", context.Pick("k1", "k2"))),
        new("many headers", true, (context, request) => Enumerable.Range(0, 200).Aggregate(request, (all, i) => all.And($"X-H{i}", "v")) with { IsRaw = true }),
        new("a large header", true, (context, request) => request.And("X-Large", new string('x', 100_000)) with { IsRaw = true }),
        new("expect", false, (context, request) => request.With("Expect", context.Pick("100-continue", "200-ok", "x"))),
        new("bad header line", true, (context, request) => request.And(context.Pick(": x", " X-Space", "X Y", "X\u00e9", "", "X\0", "X-Tab\t"), "v") with { IsRaw = true }),
    ];

    private static FuzzRequest Credential(SpoilContext context, FuzzRequest request)
    {
        var key = context.Key.Length > 10 ? context.Key : "authzk_0123456789abcdef0123456789abcdef";
        var at = context.Random.Next(key.Length);
        return request.With("Authorization", context.Pick(
            "", "Bearer", "Bearer ", key, $"Basic {key}", $"Bearer {key[..at]}", $"Bearer {key}x", $"Bearer x{key}", $"Bearer {key.ToUpperInvariant()}!", $"Bearer {key[..at]}~{key[(at + 1)..]}",
            $"Bearer {key},{key}", $"Bearer Bearer {key}", $"Token {key}", "Bearer null", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "Bearer a.b.c", "Bearer ....", $"Bearer {new string('x', 20_000)}", "Bearer \u00ff\u00fe", $"Digest username=\"{key}\""));
    }

    private static string Not(string name, params string[] except) => except.Contains(name) ? "X-Request-Id" : name;

    // Whatever is no header at all is for the raw ones.
    private static string Latin1(string text) => string.Concat(text.Where(c => c is >= ' ' and < '\u0100' and not '\u007f')).Trim();
}
