using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Api.Http;

/// <summary>What the Content-Type of a request says.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json", Yaml = "application/yaml";

    /// <summary>The type without its parameters; null where there is none, as of a body that somebody just sent.</summary>
    public static string? Of(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return null;
        }
        var end = header.IndexOf(';', StringComparison.Ordinal);
        if (end >= 0)
        {
            CheckCharset(header.AsSpan(end));
        }
        return (end < 0 ? header : header[..end]).Trim().ToLowerInvariant();
    }

    /// <summary>What a text in UTF-8 may begin with, and says nothing.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Refuses compressed bodies: their limits would count bytes that say nothing of what unfolds from them.</summary>
    public static void CheckEncoding(StringValues encoding)
    {
        if (encoding.Count > 0 && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.UnsupportedMediaType($"bodies are sent as they are, not in Content-Encoding `{encoding}`"));
        }
    }

    public static bool IsJson(string type) => type == Json || type.EndsWith("+json", StringComparison.Ordinal);

    public static bool IsYaml(string type) => type is Yaml or "application/x-yaml" or "text/yaml" or "text/x-yaml";

    public static bool IsLines(string type) => type is "application/x-ndjson" or "application/ndjson" or "application/jsonl";

    private static void CheckCharset(ReadOnlySpan<char> parameters)
    {
        const string name = "charset=";
        var at = parameters.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return;
        }
        var value = parameters[(at + name.Length)..].Trim(" \t");
        var end = value.IndexOf(';');
        value = (end < 0 ? value : value[..end]).Trim(" \t\"");
        if (!value.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !value.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.UnsupportedMediaType($"bodies are UTF-8, not `{value}`"));
        }
    }
}
