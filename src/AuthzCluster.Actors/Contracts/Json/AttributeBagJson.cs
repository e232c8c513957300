using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>A bag as an object.</summary>
internal sealed class AttributeBagJson : JsonConverter<AttributeBag>
{
    public override AttributeBag? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject ? AttributeJson.Read(ref reader).AsObject : throw new JsonException("a bag is an object");

    public override void Write(Utf8JsonWriter writer, AttributeBag value, JsonSerializerOptions options) => AttributeJson.Write(writer, value);
}
