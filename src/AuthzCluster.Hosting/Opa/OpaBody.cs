using System.Buffers;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Hosting.Opa;

/// <summary>
/// The question as Open Policy Agent takes it: <c>{"input": {subject, action, resource, context}}</c>, and for the final word <c>local {decision, reason}</c>.
/// Equal questions are equal bytes.
/// </summary>
internal static class OpaBody
{
    /// <summary>Writes it.</summary>
    public static byte[] Write(OutsideCall call)
    {
        var request = call.Request;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("input"u8);
            json.WriteStartObject("subject"u8);
            json.WriteString("type"u8, request.Subject.Type);
            json.WriteString("id"u8, request.Subject.Id);
            Properties(json, request.SubjectProperties);
            json.WriteStartObject("action"u8);
            json.WriteString("name"u8, request.Permission.Action);
            json.WriteString("permission"u8, request.Permission.ToString());
            Properties(json, request.ActionProperties);
            json.WriteStartObject("resource"u8);
            json.WriteString("type"u8, request.ResourceType ?? request.Permission.Resource);
            if (request.ResourceId is { } id)
            {
                json.WriteString("id"u8, id);
            }
            Properties(json, request.ResourceProperties);
            json.WritePropertyName("context"u8);
            AttributeJson.Write(json, request.Context);
            if (call.Question.Local is { } local)
            {
                json.WriteStartObject("local"u8);
                json.WriteBoolean("decision"u8, local.IsAllowed);
                json.WriteString("reason"u8, EnumText.Of(local.Reason));
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private static void Properties(Utf8JsonWriter json, AttributeBag bag)
    {
        json.WritePropertyName("properties"u8);
        AttributeJson.Write(json, bag);
        json.WriteEndObject();
    }
}
