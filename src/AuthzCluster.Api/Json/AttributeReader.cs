using System.Text;
using System.Text.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Json;

/// <summary>Reads attributes; strictly: a name twice in one object is an error.</summary>
internal static class AttributeReader
{
    /// <summary>What is said of a string that is no text.</summary>
    public const string BadText = "is no valid text: bad UTF-8, or half of a surrogate pair";

    private const int LongestNumber = 128;
    private const int LinearLimit = 8;

    /// <summary>Reads the object that the reader stands on; null is no values.</summary>
    public static AttributeBag ReadBag(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return AttributeBag.Empty;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object", reader.TokenStartIndex);
        }
        List<KeyValuePair<string, AttributeValue>>? entries = null;
        HashSet<string>? names = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var start = reader.TokenStartIndex;
            var name = Text(ref reader);
            entries ??= [];
            if (entries.Count == LinearLimit)
            {
                names = new HashSet<string>(entries.Select(entry => entry.Key), StringComparer.Ordinal);
            }
            if (names is null ? entries.Exists(entry => entry.Key == name) : !names.Add(name))
            {
                throw new BodyException("duplicate member", start);
            }
            reader.Read();
            entries.Add(KeyValuePair.Create(name, ReadValue(ref reader)));
        }
        return entries is null ? AttributeBag.Empty : AttributeBag.Of(entries);
    }

    /// <summary>Reads the value that the reader stands on.</summary>
    public static AttributeValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => AttributeValue.Null,
        JsonTokenType.True => AttributeValue.Of(true),
        JsonTokenType.False => AttributeValue.Of(false),
        JsonTokenType.String => AttributeValue.Of(Text(ref reader)),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => AttributeValue.Of(ReadBag(ref reader)),
    };

    /// <summary>The text of the string or name that the reader stands on.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new BodyException(BadText, reader.TokenStartIndex);
        }
    }

    private static AttributeValue ReadList(ref Utf8JsonReader reader)
    {
        var values = new List<AttributeValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(ReadValue(ref reader));
        }
        return AttributeValue.Of([.. values]);
    }

    private static AttributeValue ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return AttributeValue.Of((decimal)whole);
        }
        return reader.ValueSpan.Length <= LongestNumber && AttributeValue.TryParseNumber(Encoding.ASCII.GetString(reader.ValueSpan), out var value)
            ? value
            : throw new BodyException("is a number out of range", reader.TokenStartIndex);
    }
}
