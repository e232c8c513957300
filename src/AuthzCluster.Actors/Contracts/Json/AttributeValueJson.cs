using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>A value as itself; numbers keep their text.</summary>
internal sealed class AttributeValueJson : JsonConverter<AttributeValue>
{
    public override bool HandleNull => true;

    public override AttributeValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => AttributeJson.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options) => AttributeJson.Write(writer, value);
}
