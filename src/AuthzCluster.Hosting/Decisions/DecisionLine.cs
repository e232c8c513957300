using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthzCluster.Actors.Doors;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>
/// One line of the decision log. Names and ids only: properties and context of a question, in which anything may be, are not written. The members are in the
/// README; never rename one.
/// </summary>
internal static class DecisionLine
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a decision.</summary>
    public static void Write(IBufferWriter<byte> to, in NotedDecision noted)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            var (request, decision) = (noted.Request, noted.Decision);
            json.WriteStartObject();
            Time(json, "time", noted.Time);
            json.WriteString("tenant", noted.Tenant.Value);
            json.WriteString("subject", request.Subject.ToString());
            json.WriteString("permission", request.Permission.ToString());
            json.WriteString("resource_type", request.ResourceType ?? request.Permission.Resource);
            Text(json, "resource_id", request.ResourceId);
            json.WriteBoolean("decision", decision.IsAllowed);
            json.WriteString("reason", EnumText.Of(decision.Reason));
            Text(json, "matched_permission", decision.MatchedPermission?.ToString());
            Text(json, "matched_role", decision.MatchedRole);
            Text(json, "matched_assignment", decision.MatchedAssignment);
            Text(json, "matched_policy", decision.MatchedPolicy);
            json.WriteNumber("model_revision", decision.ModelRevision);
            json.WriteNumber("subject_revision", decision.SubjectRevision);
            Time(json, "at", noted.At);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
    }

    /// <summary>Writes that some were dropped.</summary>
    public static void WriteDropped(IBufferWriter<byte> to, long dropped, DateTimeOffset now)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            Time(json, "time", now);
            json.WriteNumber("dropped", dropped);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
