using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Json;

/// <summary>Instants, by <see cref="Times"/>.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadTime(ref reader);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Times.Format(value));

    public static DateTimeOffset ReadTime(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && Times.TryParse(AttributeReader.Text(ref reader), out var instant)
            ? instant
            : throw new BodyException(Times.Rule, reader.TokenStartIndex);
}
