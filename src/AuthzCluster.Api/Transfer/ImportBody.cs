using AuthzCluster.Api.Json;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Transfer;

/// <summary>The body of an import as JSON: YAML is turned into it, by its content type, or by its look where the type says nothing.</summary>
internal static class ImportBody
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(ApiRequest request)
    {
        var type = MediaTypes.Of(request.Http.Request.ContentType);
        var saysNothing = type is null or "application/octet-stream" or "text/plain";
        if (!saysNothing && !MediaTypes.IsJson(type!) && !MediaTypes.IsYaml(type!) && !MediaTypes.IsLines(type!))
        {
            throw new ProblemException(Problem.UnsupportedMediaType($"an import is JSON, NDJSON or YAML, not `{type}`"));
        }
        var body = await request.ReadBodyAsync();
        return saysNothing ? (LooksLikeJson(body.Span) ? body : YamlToJson.Convert(body))
            : MediaTypes.IsYaml(type!) ? YamlToJson.Convert(body)
            : body;
    }

    /// <summary>Refuses a body that says nothing, in its own words.</summary>
    public static void CheckNotEmpty(ReadOnlySpan<byte> body, string wanted)
    {
        if (body.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new BodyException($"must be {wanted}, but is empty", 0);
        }
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] or [];
}
