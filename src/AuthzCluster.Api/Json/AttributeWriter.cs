using System.Text.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Json;

/// <summary>Writes attributes.</summary>
internal static class AttributeWriter
{
    public static void Write(Utf8JsonWriter json, AttributeBag bag)
    {
        json.WriteStartObject();
        foreach (var (name, value) in bag)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.Null:
                json.WriteNullValue();
                break;
            case AttributeKind.Boolean:
                json.WriteBooleanValue(value.AsBoolean);
                break;
            case AttributeKind.Number:
                json.WriteRawValue(value.NumberText);
                break;
            case AttributeKind.String:
                json.WriteStringValue(value.AsString);
                break;
            case AttributeKind.List:
                json.WriteStartArray();
                foreach (var item in value.AsList)
                {
                    Write(json, item);
                }
                json.WriteEndArray();
                break;
            default:
                Write(json, value.AsObject);
                break;
        }
    }
}
