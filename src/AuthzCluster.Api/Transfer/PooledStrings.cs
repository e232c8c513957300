using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads equal short strings as one object: the same permission stands in a model thousands of times.</summary>
internal sealed class PooledStrings : JsonConverter<string>
{
    private const int LongestPooled = 256;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _seen = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Options like others, which pool strings for as long as they live.</summary>
    public static JsonSerializerOptions Options(JsonSerializerOptions like) => new(like) { Converters = { new PooledStrings() } };

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }
        if (reader.ValueSpan.Length > LongestPooled)
        {
            return reader.GetString();
        }
        Span<char> buffer = stackalloc char[LongestPooled];
        var text = buffer[..reader.CopyString(buffer)];
        if (!_seen.TryGetValue(text, out var pooled))
        {
            pooled = text.ToString();
            _seen.Set.Add(pooled);
        }
        return pooled;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
