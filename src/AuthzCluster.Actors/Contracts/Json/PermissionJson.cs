using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>A permission as its text.</summary>
internal sealed class PermissionJson : JsonConverter<Permission>
{
    public override Permission? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Permission.TryParse(reader.GetString(), out var permission, out var error) ? permission : throw new JsonException(error);

    public override void Write(Utf8JsonWriter writer, Permission value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
