using System.Text.Json;
using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Writes answers, with no object in between.</summary>
internal static class AuthZenWriter
{
    private static readonly JsonEncodedText DecisionName = JsonEncodedText.Encode("decision"), Context = JsonEncodedText.Encode("context"),
        ReasonUser = JsonEncodedText.Encode("reason_user"), ReasonAdmin = JsonEncodedText.Encode("reason_admin"), Role = JsonEncodedText.Encode("matched_role"),
        Permission = JsonEncodedText.Encode("matched_permission"), Policy = JsonEncodedText.Encode("matched_policy"),
        Revision = JsonEncodedText.Encode("model_revision"), ValidUntil = JsonEncodedText.Encode("valid_until");

    /// <summary>One answer.</summary>
    public static void Write(Utf8JsonWriter json, AuthZenAnswer answer)
    {
        json.WriteStartObject();
        json.WriteBoolean(DecisionName, answer.IsAllowed);
        json.WriteStartObject(Context);
        if (answer.Error is { } error)
        {
            json.WriteStartObject("error"u8);
            json.WriteNumber("status"u8, AuthZenErrors.StatusOf(error));
            json.WriteString("message"u8, AuthZenErrors.TextOf(error));
            json.WriteEndObject();
        }
        else if (answer.Decision is { } decision)
        {
            Write(json, decision, answer.ShowsAdmin);
        }
        else
        {
            Reason(json, ReasonUser, DecisionReason.PermissionNotGranted);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The answers to a batch.</summary>
    public static void WriteAll(Utf8JsonWriter json, ArraySegment<AuthZenAnswer> answers)
    {
        json.WriteStartObject();
        json.WriteStartArray("evaluations"u8);
        foreach (var answer in answers)
        {
            Write(json, answer);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in Decision decision, bool showsAdmin)
    {
        Reason(json, ReasonUser, decision.Reason);
        if (showsAdmin)
        {
            json.WriteStartObject(ReasonAdmin);
            json.WriteString(ReasonTexts.CodeOf(decision.Reason), ReasonTexts.ForAdmin(decision));
            json.WriteEndObject();
        }
        if (decision.MatchedRole is { } role)
        {
            json.WriteString(Role, role);
        }
        if (decision.MatchedPermission is { } permission)
        {
            json.WriteString(Permission, PermissionTexts.Of(permission));
        }
        if (decision.MatchedPolicy is { } policy)
        {
            json.WriteString(Policy, policy);
        }
        json.WriteNumber(Revision, decision.ModelRevision);
        if (decision.ValidUntil is { } until)
        {
            json.WriteString(ValidUntil, Times.Format(until));
        }
    }

    private static void Reason(Utf8JsonWriter json, JsonEncodedText member, DecisionReason reason)
    {
        json.WriteStartObject(member);
        json.WriteString(ReasonTexts.CodeOf(reason), ReasonTexts.ForUser(reason));
        json.WriteEndObject();
    }
}
