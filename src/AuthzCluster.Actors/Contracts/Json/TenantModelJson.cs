using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>A model as its stored bytes: small, and kept readable anyway.</summary>
internal sealed class TenantModelJson : JsonConverter<TenantModel>
{
    public override TenantModel? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        try
        {
            return TenantModelCodec.Decode(reader.GetBytesFromBase64());
        }
        catch (Exception e) when (e is StateFormatException or FormatException)
        {
            throw new JsonException("a model cannot be read", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, TenantModel value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(TenantModelCodec.Encode(value));
}
