using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>A checkpoint as the JSON that is signed: <c>tenant</c>, <c>sequence</c>, <c>hash</c>, <c>time</c>. Others verify it: never rename a member.</summary>
internal static class CheckpointCodec
{
    /// <summary>What it is signed as.</summary>
    public const string Type = "authz-audit-checkpoint";

    public static byte[] Encode(AuditCheckpoint checkpoint)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("tenant", checkpoint.Tenant.Value);
            writer.WriteNumber("sequence", checkpoint.Sequence);
            writer.WriteString("hash", checkpoint.Hash);
            writer.WriteString("time", checkpoint.Time.UtcDateTime.ToString(AuditCodec.TimeFormat, CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; its signature was found good.</summary>
    public static AuditCheckpoint Decode(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        return new AuditCheckpoint(
            new TenantId(root.GetProperty("tenant").GetString()!), root.GetProperty("sequence").GetInt64(), root.GetProperty("hash").GetString()!,
            root.GetProperty("time").GetDateTimeOffset());
    }
}
