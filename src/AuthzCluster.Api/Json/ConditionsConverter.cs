using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Json;

/// <summary>A list of conditions; or, as some documents write it, an object, each member of which is an equality.</summary>
internal sealed class ConditionsConverter : JsonConverter<IReadOnlyList<Condition>>
{
    public override IReadOnlyList<Condition> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return [.. AttributeReader.ReadBag(ref reader).Select(Equality)];
        }
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new BodyException("must be a list of conditions", reader.TokenStartIndex);
        }
        var conditions = new List<Condition>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            conditions.Add(ReadOne(ref reader));
        }
        return conditions;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Condition> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var condition in value)
        {
            writer.WriteStartObject();
            writer.WriteString("type", condition.Type);
            writer.WritePropertyName("params");
            AttributeJson.Write(writer, condition.Params);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static Condition ReadOne(ref Utf8JsonReader reader)
    {
        var start = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be a condition {type, params}", start);
        }
        string? type = null;
        AttributeBag? parameters = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = reader.TokenStartIndex;
            var isType = reader.ValueTextEquals("type"u8);
            if (!isType && !reader.ValueTextEquals("params"u8))
            {
                throw new BodyException("unknown member", at);
            }
            if (isType ? type is not null : parameters is not null)
            {
                throw new BodyException("duplicate member", at);
            }
            reader.Read();
            if (!isType)
            {
                parameters = AttributeReader.ReadBag(ref reader);
                continue;
            }
            type = reader.TokenType == JsonTokenType.String ? AttributeReader.Text(ref reader) : throw new BodyException("must be a string", at);
        }
        return type is null
            ? throw new BodyException("is missing", start, "type")
            : new Condition(type, parameters ?? AttributeBag.Empty);
    }

    private static Condition Equality(KeyValuePair<string, AttributeValue> member) => new("attribute_match", AttributeBag.Of(
        ("attribute", AttributeValue.Of(member.Key)), ("operator", AttributeValue.Of("eq")), ("expected", member.Value)));
}
