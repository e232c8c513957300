using System.Buffers;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.AuthZen;

/// <summary>What a search looks for, as one text: the same for the same search, however it was written; and where to go on in it.</summary>
internal static class AuthZenQuery
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a search; what it says in the place of the open part is no part of it.</summary>
    public static string TextOf(AuthZenItem item, AccessQueryKind open) => Write(json =>
    {
        json.WriteStartObject();
        Part(json, "subject", item.Subject, hasId: open != AccessQueryKind.Subjects);
        Part(json, "action", open == AccessQueryKind.Actions ? null : item.Action, hasId: false);
        Part(json, "resource", item.Resource, hasId: open != AccessQueryKind.Resources);
        Bag(json, "context", item.Context);
        json.WriteEndObject();
    });

    /// <summary>A place in a search, for a token.</summary>
    public static string PlaceOf(string text, int limit, string after) => Write(json =>
    {
        json.WriteStartArray();
        json.WriteStringValue(text);
        json.WriteNumberValue(limit);
        json.WriteStringValue(after);
        json.WriteEndArray();
    });

    /// <summary>What <see cref="PlaceOf"/> wrote.</summary>
    public static (string Text, int Limit, string After) ReadPlace(string place)
    {
        using var json = JsonDocument.Parse(place);
        return (json.RootElement[0].GetString()!, json.RootElement[1].GetInt32(), json.RootElement[2].GetString()!);
    }

    private static void Part(Utf8JsonWriter json, string name, AuthZenPart? part, bool hasId)
    {
        if (part is null)
        {
            return;
        }
        json.WriteStartObject(name);
        Text(json, "type", part.Type);
        Text(json, "id", hasId ? part.Id : null);
        Text(json, "name", part.Name);
        Bag(json, "properties", part.Properties);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Bag(Utf8JsonWriter json, string name, AttributeBag? bag)
    {
        if (bag is { Count: > 0 })
        {
            json.WritePropertyName(name);
            AttributeJson.Write(json, bag);
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            write(json);
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
