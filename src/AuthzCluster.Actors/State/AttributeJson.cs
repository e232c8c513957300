using System.Text;
using System.Text.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Actors.State;

/// <summary>Values as JSON. Numbers keep their text; of equal names in an object the last wins.</summary>
public static class AttributeJson
{
    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case AttributeKind.Number:
                WriteNumber(writer, value.NumberText);
                break;
            case AttributeKind.String:
                writer.WriteStringValue(value.AsString);
                break;
            case AttributeKind.List:
                writer.WriteStartArray();
                foreach (var item in value.AsList)
                {
                    Write(writer, item);
                }
                writer.WriteEndArray();
                break;
            case AttributeKind.Object:
                Write(writer, value.AsObject);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>Writes an object, its members in ordinal order.</summary>
    public static void Write(Utf8JsonWriter writer, AttributeBag bag)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in bag)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }
        writer.WriteEndObject();
    }

    /// <summary>Reads the value at which the reader stands, and leaves it at its last token. Throws <see cref="JsonException"/>.</summary>
    public static AttributeValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return AttributeValue.Null;
            case JsonTokenType.True or JsonTokenType.False:
                return AttributeValue.Of(reader.GetBoolean());
            case JsonTokenType.String:
                return AttributeValue.Of(TextOf(ref reader));
            case JsonTokenType.Number:
                return NumberOf(Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.StartArray:
                var items = new List<AttributeValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }
                return AttributeValue.Of([.. items]);
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, AttributeValue>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = TextOf(ref reader);
                    reader.Read();
                    members.Add(new(name, Read(ref reader)));
                }
                return AttributeValue.Of(AttributeBag.Of(members));
            default:
                throw new JsonException($"a {reader.TokenType} is no value");
        }
    }

    /// <summary>Reads a parsed element. Throws <see cref="JsonException"/> on text that is no valid Unicode.</summary>
    public static AttributeValue FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => AttributeValue.Of(true),
        JsonValueKind.False => AttributeValue.Of(false),
        JsonValueKind.String => AttributeValue.Of(TextOf(element)),
        JsonValueKind.Number => NumberOf(element.GetRawText()),
        JsonValueKind.Array => AttributeValue.Of([.. element.EnumerateArray().Select(FromElement)]),
        JsonValueKind.Object => AttributeValue.Of(AttributeBag.Of(
            element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, FromElement(member.Value))))),
        _ => AttributeValue.Null,
    };

    // JSON has no word for what is not finite.
    private static void WriteNumber(Utf8JsonWriter writer, string text)
    {
        if (char.IsAsciiDigit(text[^1]))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static AttributeValue NumberOf(string text) =>
        AttributeValue.TryParseNumber(text, out var value) ? value : throw new JsonException($"the number {text} is too large");

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a text is no valid Unicode");
        }
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a text is no valid Unicode");
        }
    }
}
