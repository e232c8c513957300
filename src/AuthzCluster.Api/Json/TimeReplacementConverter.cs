using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Api.Json;

/// <summary>An instant to put in place of another, or null to take it back; a member that is left out is neither.</summary>
internal sealed class TimeReplacementConverter : JsonConverter<Replacement<DateTimeOffset?>?>
{
    public override bool HandleNull => true;

    public override Replacement<DateTimeOffset?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new Replacement<DateTimeOffset?>(reader.TokenType == JsonTokenType.Null ? null : TimeConverter.ReadTime(ref reader));

    public override void Write(Utf8JsonWriter writer, Replacement<DateTimeOffset?>? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("a patch is read only");
}
