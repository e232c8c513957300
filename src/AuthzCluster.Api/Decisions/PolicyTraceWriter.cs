using System.Collections.Immutable;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Decisions;

/// <summary>Writes what became of policies. Who may not read them is told which they are, and which of them decided.</summary>
internal static class PolicyTraceWriter
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<PolicyStep> policies, bool showsAll)
    {
        json.WriteStartArray("policies"u8);
        foreach (var step in policies.IsDefault ? [] : policies)
        {
            json.WriteStartObject();
            json.WriteString("policy"u8, step.Policy);
            json.WriteBoolean("decided"u8, step.Decided);
            if (showsAll)
            {
                WriteAll(json, step);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAll(Utf8JsonWriter json, PolicyStep step)
    {
        json.WriteString("name"u8, step.Name);
        json.WriteString("effect"u8, EnumText.Of(step.Effect));
        json.WriteNumber("priority"u8, step.Priority);
        json.WriteString("role"u8, step.Role);
        json.WriteString("outcome"u8, EnumText.Of(step.Outcome));
        json.WriteBoolean("matches_target"u8, step.MatchesTarget);
        WriteConditions(json, "conditions"u8, step.Conditions);
    }

    private static void WriteConditions(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<ConditionStep> conditions)
    {
        json.WriteStartArray(name);
        foreach (var condition in conditions)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, condition.Type);
            json.WriteString("result"u8, EnumText.Of(condition.Result));
            json.WritePropertyName("saw"u8);
            AttributeJson.Write(json, condition.Saw);
            if (!condition.Parts.IsEmpty)
            {
                WriteConditions(json, "parts"u8, condition.Parts);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
