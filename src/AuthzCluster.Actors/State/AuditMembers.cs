using System.Globalization;
using System.Text.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Actors.State;

/// <summary>The members of an audit record's payload; unknown ones are skipped.</summary>
internal sealed class AuditMembers
{
    public string Id { get; private set; } = "";

    public DateTimeOffset Time { get; private set; }

    public string Actor { get; private set; } = "";

    public string? RequestId { get; private set; }

    public string Action { get; private set; } = "";

    public string TargetType { get; private set; } = "";

    public string TargetId { get; private set; } = "";

    public AttributeBag? Before { get; private set; }

    public AttributeBag? After { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Reads a payload. The bags may be large, and are skipped where they are not wanted.</summary>
    public static AuditMembers Read(ReadOnlySpan<byte> payload, bool withBags)
    {
        var members = new AuditMembers();
        var reader = new Utf8JsonReader(payload);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    members.Set(name, reader.GetString()!);
                }
                else if (withBags && reader.TokenType == JsonTokenType.StartObject)
                {
                    members.Set(name, AttributeJson.Read(ref reader).AsObject);
                }
                else
                {
                    reader.Skip();
                }
            }
            return members;
        }
        catch (Exception damage) when (damage is JsonException or FormatException)
        {
            throw new StateFormatException("the stored audit record is damaged");
        }
    }

    /// <summary>The place in the log that a payload says it was written for; null: it says none.</summary>
    public static long? SequenceOf(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSequence = reader.ValueTextEquals("sequence"u8);
                reader.Read();
                if (isSequence)
                {
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var sequence) ? sequence : null;
                }
                reader.Skip();
            }
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Set(string name, string text)
    {
        switch (name)
        {
            case "id": Id = text; break;
            case "time": Time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); break;
            case "actor": Actor = text; break;
            case "request_id": RequestId = text; break;
            case "action": Action = text; break;
            case "target_type": TargetType = text; break;
            case "target_id": TargetId = text; break;
            case "reason": Reason = text; break;
            default: break;
        }
    }

    private void Set(string name, AttributeBag bag)
    {
        (Before, After) = name switch { "before" => (bag, After), "after" => (Before, bag), _ => (Before, After) };
    }
}
