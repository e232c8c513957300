using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>A deletion as stored bytes: a version, then JSON whose unknown members are passed over.</summary>
internal static class RoleDeletionCodec
{
    private const byte Version = 1;

    public static byte[] Encode(RoleDeletion deletion)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(Version);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteBoolean("forced", deletion.IsForced);
            if (deletion.IsMaking)
            {
                json.WriteBoolean("making", true);
            }
            json.WriteString("caller_type", deletion.Caller.Principal.Type);
            json.WriteString("caller_id", deletion.Caller.Principal.Id);
            json.WriteString("request_id", deletion.Caller.RequestId);
            if (deletion.Caller.Request is { } request)
            {
                json.WriteString("request_tenant", request.Tenant.Value);
                json.WriteString("request_key", request.Id);
                json.WriteBase64String("request_fingerprint", request.Fingerprint.AsSpan());
            }
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    public static RoleDeletion Decode(byte[] state)
    {
        if (state is not [Version, ..])
        {
            throw new InvalidDataException("a stored role deletion is of an unknown version");
        }
        using var json = JsonDocument.Parse(state.AsMemory(1));
        var root = json.RootElement;
        var principal = new SubjectId(root.GetProperty("caller_type").GetString()!, root.GetProperty("caller_id").GetString()!);
        var caller = new Caller(principal, root.GetProperty("request_id").GetString()!) { Request = RequestOf(root) };
        return new RoleDeletion(root.GetProperty("forced").GetBoolean(), caller)
        {
            IsMaking = root.TryGetProperty("making", out var making) && making.GetBoolean(),
        };
    }

    private static RequestKey? RequestOf(JsonElement root) => !root.TryGetProperty("request_key", out var id) ? null
        : new RequestKey(new TenantId(root.GetProperty("request_tenant").GetString()!), id.GetString()!, [.. root.GetProperty("request_fingerprint").GetBytesFromBase64()]);
}
