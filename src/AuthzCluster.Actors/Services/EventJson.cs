using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Writes audit records as CloudEvents 1.0. Their <c>data</c> has the record's before and after, and beside them what most look for.</summary>
internal static class EventJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event of a record. Of a policy, where it may not be shown, which it is and no more.</summary>
    public static CloudEvent Write(TenantId tenant, long sequence, AuditMembers record, bool showsPolicies)
    {
        var isWhole = showsPolicies || record.TargetType != PolicyEditor.TargetType;
        var (before, after) = (Shown(record.Before, isWhole), Shown(record.After, isWhole));
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", record.Id);
            json.WriteString("source", "/tenants/" + Uri.EscapeDataString(tenant.Value));
            json.WriteString("type", record.Action);
            json.WriteString("subject", $"{record.TargetType}:{record.TargetId}");
            json.WriteString("time", record.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture));
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("sequence", sequence.ToString(CultureInfo.InvariantCulture));
            json.WriteStartObject("data");
            json.WriteString("tenant_id", tenant.Value);
            json.WriteNumber("sequence", sequence);
            json.WriteString("actor", record.Actor);
            WriteMain(json, record, after ?? before);
            WriteBag(json, "before", before);
            WriteBag(json, "after", after);
            if (record.Reason is not null)
            {
                json.WriteString("reason", record.Reason);
            }
            if (record.RequestId is not null)
            {
                json.WriteString("request_id", record.RequestId);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return new CloudEvent(sequence, record.Id, record.Action, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteMain(Utf8JsonWriter json, AuditMembers record, AttributeBag? state)
    {
        switch (record.TargetType)
        {
            case "role":
                json.WriteString("role_id", record.TargetId);
                Copy(json, state, "name", "role_name");
                Copy(json, state, "permissions", "permissions");
                json.WriteString("created_by", record.Actor);
                break;
            case "assignment":
                json.WriteString("assignment_id", record.TargetId);
                if (state?.TryGet("principal", out var principal) == true && principal.Kind == AttributeKind.Object)
                {
                    if (principal.AsObject.TryGet("type", out var type) && type == AttributeValue.Of("user"))
                    {
                        Copy(json, principal.AsObject, "id", "user_id");
                    }
                    Copy(json, state, "principal", "principal");
                }
                Copy(json, state, "role_id", "role_id");
                Copy(json, state, "granted_by", "granted_by");
                Copy(json, state, "expires_at", "expires_at");
                break;
            case PolicyEditor.TargetType:
                json.WriteString("policy_id", record.TargetId);
                break;
            default:
                break;
        }
    }

    private static void Copy(Utf8JsonWriter json, AttributeBag? from, string name, string to)
    {
        if (from?.TryGet(name, out var value) == true)
        {
            json.WritePropertyName(to);
            AttributeJson.Write(json, value);
        }
    }

    private static void WriteBag(Utf8JsonWriter json, string name, AttributeBag? bag)
    {
        json.WritePropertyName(name);
        if (bag is null)
        {
            json.WriteNullValue();
            return;
        }
        AttributeJson.Write(json, bag);
    }

    private static AttributeBag? Shown(AttributeBag? told, bool whole) =>
        whole || told is null ? told : AttributeBag.Of(told.Where(member => member.Key is "id" or "role_id" or "version"));
}
