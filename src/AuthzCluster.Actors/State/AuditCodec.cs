using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// Audit records as JSON bytes: first as they wait in the outbox, then, with tenant and sequence before them, as the log
/// keeps and hashes them. A record's hash is SHA-256 over the previous hash's 32 bytes (zeros for the first) and the payload.
/// </summary>
public static class AuditCodec
{
    internal const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>What the first record's hash is over, beside its bytes.</summary>
    internal static readonly byte[] HashBeforeTheFirst = new byte[32];

    /// <summary>What goes into the outbox: all but tenant, sequence and hashes.</summary>
    public static byte[] EncodePending(AuditEntry entry, string id, DateTimeOffset time, Caller caller)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("time", time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            writer.WriteString("actor", caller.Principal.ToString());
            writer.WriteString("request_id", caller.RequestId);
            writer.WriteString("action", entry.Action);
            writer.WriteString("target_type", entry.TargetType);
            writer.WriteString("target_id", entry.TargetId);
            WriteBag(writer, "before", entry.Before);
            WriteBag(writer, "after", entry.After);
            if (entry.Reason is not null)
            {
                writer.WriteString("reason", entry.Reason);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Makes the record of a sequence out of what waited in the outbox. <paramref name="previousHash"/>: 32 bytes.</summary>
    public static StoredAudit Seal(TenantId tenant, byte[] pending, long sequence, byte[] previousHash)
    {
        var buffer = new ArrayBufferWriter<byte>(pending.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("tenant", tenant.Value);
            writer.WriteNumber("sequence", sequence);
            writer.WriteEndObject();
        }
        // {"tenant":…,"sequence":…} and {"id":…}: one object, without parsing what may be large.
        byte[] payload = [.. buffer.WrittenSpan[..^1], (byte)',', .. pending.AsSpan(1)];
        var members = AuditMembers.Read(payload, withBags: false);
        return new StoredAudit(sequence, members.Time, members.Actor, members.Action, members.TargetType, members.TargetId,
            payload, HashOf(previousHash, payload))
        {
            About = AuditAbout.Read(payload),
        };
    }

    /// <summary>Reads a stored record; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static AuditRecord Decode(TenantId tenant, StoredAudit stored, byte[] previousHash)
    {
        var members = AuditMembers.Read(stored.Payload, withBags: true);
        return new AuditRecord
        {
            Tenant = tenant,
            Sequence = stored.Sequence,
            Id = members.Id,
            Time = members.Time,
            Actor = members.Actor,
            RequestId = members.RequestId,
            Entry = new AuditEntry(members.Action, members.TargetType, members.TargetId, members.Before, members.After) { Reason = members.Reason },
            PreviousHash = Convert.ToHexStringLower(previousHash),
            Hash = Convert.ToHexStringLower(stored.Hash),
        };
    }

    /// <summary>The hash of a record: over the previous one's and its own bytes.</summary>
    public static byte[] HashOf(byte[] previousHash, byte[] payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previousHash);
        hash.AppendData(payload);
        return hash.GetHashAndReset();
    }

    private static void WriteBag(Utf8JsonWriter writer, string name, AttributeBag? bag)
    {
        if (bag is not null)
        {
            writer.WritePropertyName(name);
            AttributeJson.Write(writer, bag);
        }
    }
}
