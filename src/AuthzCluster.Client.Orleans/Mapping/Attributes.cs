using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthzCluster.Actors.State;
using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Free data: JSON on this side, attributes on the other.</summary>
internal static class Attributes
{
    // As the API reads it.
    private const int MaxDepth = 32;

    /// <summary>The attributes of an object; null: none.</summary>
    /// <exception cref="ValidationFailedException">It is no JSON that the API would take; the message names <paramref name="field"/>.</exception>
    public static AttributeBag Read(JsonObject? data, string field)
    {
        if (data is null || data.Count == 0)
        {
            return AttributeBag.Empty;
        }
        try
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(bytes))
            {
                data.WriteTo(writer);
            }
            var reader = new Utf8JsonReader(bytes.WrittenSpan, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            return AttributeJson.Read(ref reader).AsObject;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw Failures.Invalid(field, $"is no data that can be sent: {e.Message}");
        }
    }

    /// <summary>The object of attributes.</summary>
    public static JsonObject Write(AttributeBag attributes)
    {
        if (attributes.Count == 0)
        {
            return [];
        }
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            AttributeJson.Write(writer, attributes);
        }
        return JsonNode.Parse(bytes.WrittenSpan)!.AsObject();
    }
}
