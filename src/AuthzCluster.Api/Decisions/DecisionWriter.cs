using System.Collections.Immutable;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Api.Decisions;

/// <summary>Writes answers, member by member, with no object in between.</summary>
internal static class DecisionWriter
{
    private static readonly JsonEncodedText DecisionName = JsonEncodedText.Encode("decision"), Allow = JsonEncodedText.Encode("allow"),
        Reason = JsonEncodedText.Encode("reason"), MatchedPermission = JsonEncodedText.Encode("matched_permission"),
        MatchedRole = JsonEncodedText.Encode("matched_role"), MatchedAssignment = JsonEncodedText.Encode("matched_assignment"),
        MatchedPolicy = JsonEncodedText.Encode("matched_policy"), ModelRevision = JsonEncodedText.Encode("model_revision"),
        SubjectRevision = JsonEncodedText.Encode("subject_revision"), ValidUntil = JsonEncodedText.Encode("valid_until");

    private static readonly JsonEncodedText[] Reasons = [.. Enum.GetValues<DecisionReason>().Select(reason => JsonEncodedText.Encode(EnumText.Of(reason)))];

    public static void Write(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        WriteMembers(json, answer);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of an answer into the object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Answer answer)
    {
        var decision = answer.Decision;
        json.WriteBoolean(DecisionName, decision.IsAllowed);
        json.WriteBoolean(Allow, decision.IsAllowed);
        json.WriteString(Reason, Reasons[(int)decision.Reason]);
        Permission(json, decision.MatchedPermission);
        json.WriteString(MatchedRole, decision.MatchedRole);
        json.WriteString(MatchedAssignment, decision.MatchedAssignment);
        json.WriteString(MatchedPolicy, decision.MatchedPolicy);
        json.WriteNumber(ModelRevision, decision.ModelRevision);
        json.WriteNumber(SubjectRevision, decision.SubjectRevision);
        if (decision.ValidUntil is { } until)
        {
            json.WriteString(ValidUntil, Times.Format(until));
        }
        else
        {
            json.WriteNull(ValidUntil);
        }
        if (!answer.Trace.IsDefault)
        {
            Trace(json, answer.Trace);
            PolicyTraceWriter.Write(json, answer.Policies, answer.ShowsPolicies);
            if (!decision.IsAllowed)
            {
                WhyNotWriter.Write(json, answer.WhyNot, answer.ShowsPolicies);
            }
        }
        if (!answer.Outside.IsDefaultOrEmpty)
        {
            Outside(json, answer.Outside);
        }
    }

    public static void WriteBatch(Utf8JsonWriter json, Answer[] answers)
    {
        json.WriteStartObject();
        json.WriteStartArray("decisions"u8);
        foreach (var answer in answers)
        {
            Write(json, answer);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Permission(Utf8JsonWriter json, Permission? permission)
    {
        if (permission is null)
        {
            json.WriteNull(MatchedPermission);
        }
        else
        {
            json.WriteString(MatchedPermission, PermissionTexts.Of(permission));
        }
    }

    private static void Outside(Utf8JsonWriter json, ImmutableArray<OutsideStep> asked)
    {
        json.WriteStartArray("outside"u8);
        foreach (var step in asked)
        {
            json.WriteStartObject();
            json.WriteString("engine"u8, "opa"u8);
            json.WriteString("path"u8, step.Path);
            json.WriteString("answer"u8, step.IsUndefined ? "undefined" : EnumText.Of(step.Answer));
            json.WriteString("problem"u8, step.Problem);
            json.WriteBoolean("final_word"u8, step.IsFinalWord);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Trace(Utf8JsonWriter json, ImmutableArray<TraceStep> trace)
    {
        json.WriteStartArray("trace"u8);
        foreach (var step in trace)
        {
            json.WriteStartObject();
            json.WriteString("assignment"u8, step.Assignment);
            json.WriteString("role"u8, step.Role);
            json.WriteString("team"u8, step.Team);
            json.WriteString("outcome"u8, EnumText.Of(step.Outcome));
            json.WriteStartArray("path"u8);
            foreach (var role in step.Path)
            {
                json.WriteStringValue(role);
            }
            json.WriteEndArray();
            json.WriteString("permission"u8, step.Permission?.ToString());
            json.WriteString("detail"u8, step.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
