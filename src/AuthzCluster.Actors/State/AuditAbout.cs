using System.Text.Json;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Actors.State;

/// <summary>
/// What a record is about besides its target, as its states before and after say it: <c>principal</c> (whose an assignment
/// is), <c>role_id</c> (of which role) and <c>member</c> (who is in a team).
/// </summary>
internal static class AuditAbout
{
    /// <summary>Reads a payload; nothing but those members is looked into, for the rest may be large.</summary>
    public static IReadOnlyList<AuditTarget> Read(ReadOnlySpan<byte> payload)
    {
        var found = new List<AuditTarget>();
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        while (NextMember(ref reader))
        {
            var isState = reader.ValueTextEquals("before"u8) || reader.ValueTextEquals("after"u8);
            reader.Read();
            if (isState && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadState(ref reader, found);
            }
            else
            {
                reader.Skip();
            }
        }
        return found;
    }

    private static void ReadState(ref Utf8JsonReader reader, List<AuditTarget> found)
    {
        while (NextMember(ref reader))
        {
            var (isPrincipal, isRole, isMember) = (
                reader.ValueTextEquals("principal"u8), reader.ValueTextEquals("role_id"u8), reader.ValueTextEquals("member"u8));
            reader.Read();
            if (isPrincipal && reader.TokenType == JsonTokenType.StartObject)
            {
                Add(found, ReadPrincipal(ref reader));
            }
            else if ((isRole || isMember) && reader.TokenType == JsonTokenType.String)
            {
                var text = reader.GetString()!;
                var subject = SubjectId.Parse(text);
                Add(found, isRole ? new AuditTarget("role", text) : new AuditTarget(subject.Type, subject.Id));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static AuditTarget ReadPrincipal(ref Utf8JsonReader reader)
    {
        var (type, id) = ("", "");
        while (NextMember(ref reader))
        {
            var (isType, isId) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("id"u8));
            reader.Read();
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            (type, id) = (isType ? text : type, isId ? text : id);
            reader.Skip();
        }
        return new AuditTarget(type, id);
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Add(List<AuditTarget> found, AuditTarget target)
    {
        if (target is not ({ Type: "" } or { Id: "" }) && !found.Contains(target))
        {
            found.Add(target);
        }
    }
}
