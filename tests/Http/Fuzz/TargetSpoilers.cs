namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Paths and queries that are not what they should be.</summary>
internal static class TargetSpoilers
{
    public static readonly Spoiler[] All =
    [
        new("odd argument", false, (context, request) => Argument(context, request, OddTexts.Encoded(context.Random, OddTexts.Pick(context.Random)))),
        new("bad argument", true, (context, request) => Argument(context, request, context.Pick<string>(OddTexts.BadSegments))),
        new("raw argument", false, (context, request) => Argument(context, request, context.Pick("\\", "|", "^", "{}", "<>", "\"", "ä", "\u00ff\u00fe", "a;b", "a,b", "@", "$&'()*!"))),
        new("odd tenant", false, (context, request) => request with { Target = $"/tenants/{OddTexts.Encoded(context.Random, OddTexts.Pick(context.Random))}{context.Target()[context.Prefix.Length..]}" }),
        new("unknown path", true, (context, request) => request with { Target = context.Pick("/", "/api", "/api/v2/roles", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//", "/api/v1//", "/tenants", "/favicon.ico", "/.git/config", "/admin.key", "/data/admin.key") }),
        new("more path", true, (context, request) => request with { Target = $"{context.Target(context.Good.Path.Select(Uri.EscapeDataString), "")}/x/{context.Pick("y", "..", "%2f", "%00")}/z" }),
        new("unknown query", true, (context, request) => context.Endpoint.IsOpen ? null : Query(context, request, context.Pick("zz=1", "Limit=1", "tenant=system", "%70=x", "a%00b=c"))),
        new("query twice", true, (context, request) => context.Good.Query.Length > 0 ? Query(context, request, context.Good.Query) : null),
        new("bad limit", true, (context, request) => Known(context, request, "limit", context.Pick("-1", "0", "1001", "1e2", "2147483648", "99999999999999999999", "0x10", "1%00", "%ff", "+1", "1,2", "٣"))),
        new("bad token", true, (context, request) => Known(context, request, "page_token", Token(context))),
        new("bad time", true, (context, request) => Known(context, request, context.Pick("at", "from"), context.Pick("now", "2026", "0", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00%00", "99999-01-01T00:00:00Z", new string('9', 10_000)))),
        new("bad flag", true, (context, request) => Known(context, request, context.Pick("force", "dry_run", "include_inactive", "include_built_in", "effective"), context.Pick("yes", "1", "TRUE", "%00", new string('t', 5000)))),
        new("odd text in the query", false, (context, request) => Known(context, request, context.Pick("q", "actor", "target", "action", "format", "scope"), OddTexts.Encoded(context.Random, OddTexts.Pick(context.Random)))),
        new("bad scope", true, (context, request) => Known(context, request, "scope", context.Pick("", "1", "[]", "{", "{\"a\":", "{\"a\":1,\"a\":2}", "{}{}", "%7B%22a%22%3A%22%5Cud800%22%7D", new string('[', 10_000), "{\"a\":1e999999}"))),
        new("bad query text", true, (context, request) => context.Endpoint.Query is [var name, ..] ? Known(context, request, name, context.Pick("%", "%zz", "%ff", "%ED%A0%80", "%C0%80")) : null),
        new("long query", true, (context, request) => Query(context, request, "zz=" + new string('x', 20_000))),
        new("longer than a request line", true, (context, request) => request with { Target = context.Target(context.Good.Path.Select(Uri.EscapeDataString), new string('x', 40_000)), IsRaw = true }),
    ];

    private static FuzzRequest? Argument(SpoilContext context, FuzzRequest request, string raw)
    {
        if (context.Good.Path.Count == 0)
        {
            return null;
        }
        var arguments = context.Good.Path.Select(Uri.EscapeDataString).ToList();
        arguments[context.Random.Next(arguments.Count)] = raw;
        return request with { Target = context.Target(arguments, context.Good.Query) };
    }

    private static FuzzRequest Query(SpoilContext context, FuzzRequest request, string more) =>
        request with { Target = context.Target(context.Good.Path.Select(Uri.EscapeDataString), context.Good.Query.Length > 0 ? $"{context.Good.Query}&{more}" : more) };

    private static FuzzRequest? Known(SpoilContext context, FuzzRequest request, string name, string raw)
    {
        if (!context.Endpoint.Query.Contains(name))
        {
            return null;
        }
        var others = context.Good.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith($"{name}=", StringComparison.Ordinal));
        return request with { Target = context.Target(context.Good.Path.Select(Uri.EscapeDataString), string.Join('&', others.Append($"{name}={raw}"))) };
    }

    private static string Token(SpoilContext context)
    {
        if (context.Tokens.Count == 0 || context.Random.Next(3) == 0)
        {
            return context.Pick("x", "!!!!", "%00", "AAAA", new string('A', 200), new string('A', 20_000), "../..", "1");
        }
        var token = context.Tokens[context.Random.Next(context.Tokens.Count)];
        var at = context.Random.Next(token.Length);
        return context.Random.Next(4) switch
        {
            0 => token[..at],
            1 => token + context.Pick("A", "=", "%3D", "."),
            2 => token + token,
            _ => $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}",
        };
    }
}
