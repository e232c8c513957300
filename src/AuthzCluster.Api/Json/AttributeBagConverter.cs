using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Json;

/// <summary>Free data.</summary>
internal sealed class AttributeBagConverter : JsonConverter<AttributeBag>
{
    public override AttributeBag Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => AttributeReader.ReadBag(ref reader);

    public override void Write(Utf8JsonWriter writer, AttributeBag value, JsonSerializerOptions options) => AttributeJson.Write(writer, value);
}
