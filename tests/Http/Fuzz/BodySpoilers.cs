using System.Text;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Bodies that are not what they should be.</summary>
internal static class BodySpoilers
{
    private const int Deep = 10_000;

    public static readonly Spoiler[] All =
    [
        Json("wrong type", true, (context, json) => JsonPlaces.Replace(json, context.Random, "[[[]]]", anywhere: false)),
        Json("unknown member", true, (context, json) => JsonPlaces.Add(json, context.Random, "no_such_member", "1", anywhere: false)),
        Json("duplicate member", true, (context, json) => JsonPlaces.Repeat(json, context.Random)),
        Json("missing member", false, (context, json) => JsonPlaces.Remove(json, context.Random)),
        Json("nested", true, (context, json) => JsonPlaces.Replace(json, context.Random, context.Pick(
            new string('[', Deep) + new string(']', Deep),
            string.Concat(Enumerable.Repeat("{\"a\":", Deep)) + "1" + new string('}', Deep),
            new string('[', Deep),
            string.Concat(Enumerable.Repeat("[{\"a\":", 40)) + "1" + string.Concat(Enumerable.Repeat("}]", 40))), anywhere: true)),
        Json("raw control character", true, (context, json) => JsonPlaces.Replace(json, context.Random, $"\"a{context.Pick('\0', '\a', '\n', '\u001f')}b\"", anywhere: true)),
        Json("escaped odd text", false, (context, json) => JsonPlaces.Replace(json, context.Random, context.Pick(
            "\"\\u0000\"", "\"a\\u000d\\u000aX: y\"", "\"\\u007f\"", "\"\\ufffe\"", "\"\\u202e\"", $"\"{new string('x', 70_000)}\""), anywhere: true)),
        Json("odd text", false, (context, json) => JsonPlaces.Replace(json, context.Random, System.Text.Json.JsonSerializer.Serialize(OddTexts.Pick(context.Random)), anywhere: true)),
        Json("odd member name", true, (context, json) => JsonPlaces.Add(json, context.Random, context.Pick("\\ud800", "NAME", " name", "na\\u0000me", "__proto__", "$type", "\\u0000"), "\"x\"", anywhere: false)),
        Json("lone surrogate", true, (context, json) => JsonPlaces.Replace(json, context.Random, context.Pick("\"\\ud800\"", "\"a\\udc00b\"", "\"\\ud800\\u0041\""), anywhere: true)),
        Json("huge number", true, (context, json) => JsonPlaces.Replace(json, context.Random, context.Pick("1e999999", "-1e400", $"1{new string('0', 5000)}"), anywhere: true)),
        Json("odd number", false, (context, json) => JsonPlaces.Replace(json, context.Random, context.Pick("-1", "0.5", "-0", "9223372036854775807", "9223372036854775808", "2147483648", "1e2", "1e300", "1e-99999999999"), anywhere: true)),
        Json("odd literal", false, (context, json) => JsonPlaces.Replace(json, context.Random, context.Pick("null", "true", "{}", "[]", "\"\""), anywhere: true)),
        Json("no JSON", true, (context, json) => context.Pick(
            "{", "[", "nul", "{'a':1}", json[..^1], json + "x", json + json[..^1], json.Replace(":", "=", StringComparison.Ordinal), $"/* c */{json}", json[..(json.Length / 2)], "\"", "NaN", "\u0000", $"{{\"a\":1,{json[1..]}"), exact: true),
        Json("another root", false, (context, _) => context.Pick("[]", "null", "0", "\"\"", "true", "{}", "[{}]", "")),
        new("bad UTF-8", true, (context, request) => context.Good.Body is { } body
            ? request with { Body = BadUtf8(context, JsonPlaces.Replace(body, context.Random, "\"@@\"", anywhere: true)) } : null),
        new("a long list", false, (context, request) => context.Good.Body is { } body
            ? SpoilContext.Body(request, JsonPlaces.Replace(body, context.Random, $"[{string.Join(',', Enumerable.Repeat(context.Pick("1", "\"a:b\"", "{}", "[]"), 20_001))}]", anywhere: true)) : null),
        new("a body where none belongs", false, (context, request) => context.Good.Body is null ? SpoilContext.Body(request, context.Pick("{}", "[1]", "x", new string(' ', 10_000))) : null),
    ];

    private static Spoiler Json(string name, bool breaks, Func<SpoilContext, string, string> change, bool exact = false) => new(name, breaks, (context, request) =>
        context.Good.Body is not { } body ? null
        : SpoilContext.Body(request, exact || context.Random.Next(4) > 0 ? change(context, body) : $" \r\n\t{change(context, body)}\n"));

    private static byte[] BadUtf8(SpoilContext context, string json)
    {
        byte[] bad = context.Pick<byte[]>([0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]);
        var at = json.IndexOf("@@", StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(json[..at]), .. bad, .. Encoding.UTF8.GetBytes(json[(at + 2)..])];
    }
}
