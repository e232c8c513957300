using System.Text.Json.Nodes;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.OpenApi;

/// <summary>The schemas of decisions: alone, of a trial, and beside what a search found. What may come is told by the types themselves.</summary>
internal static class DecisionSchemas
{
    public static JsonObject Read()
    {
        var all = (JsonObject)JsonNode.Parse($$$"""
            {
              "TraceStep": {
                "description": "What became of one assignment",
                "type": "object",
                "required": ["assignment", "role", "team", "outcome", "path", "permission", "detail"],
                "properties": {
                  "assignment": {"type": "string"},
                  "role": {"type": ["string", "null"]},
                  "team": {"type": ["string", "null"]},
                  "outcome": {{{Values<TraceOutcome>()}}},
                  "path": {"type": "array", "items": {"type": "string"}},
                  "permission": {"type": ["string", "null"]},
                  "detail": {"type": ["string", "null"]}
                }
              },
              "ConditionStep": {
                "type": "object",
                "required": ["type", "result", "saw"],
                "properties": {
                  "type": {"type": "string"},
                  "result": {{{Values<Truth>()}}},
                  "saw": {"$ref": "#/components/schemas/Attributes"},
                  "parts": {"type": "array", "items": {"$ref": "#/components/schemas/ConditionStep"}}
                }
              },
              "PolicyStep": {
                "description": "What became of one policy; who may not read policies is told which it is, and whether it decided",
                "type": "object",
                "required": ["policy", "decided"],
                "properties": {
                  "policy": {"type": "string"},
                  "decided": {"type": "boolean"},
                  "name": {"type": "string"},
                  "effect": {{{Values<PolicyEffect>()}}},
                  "priority": {"type": "integer"},
                  "role": {"type": ["string", "null"]},
                  "outcome": {{{Values<PolicyOutcome>()}}},
                  "matches_target": {"type": "boolean"},
                  "conditions": {"type": "array", "items": {"$ref": "#/components/schemas/ConditionStep"}}
                }
              },
              "OutsideStep": {
                "description": "What a policy engine outside was asked, and said",
                "type": "object",
                "required": ["engine", "path", "answer", "problem", "final_word"],
                "properties": {
                  "engine": {"enum": ["opa"]},
                  "path": {"type": "string"},
                  "answer": {{{Values<Truth>("undefined")}}},
                  "problem": {"type": ["string", "null"]},
                  "final_word": {"type": "boolean"}
                }
              },
              "Obstacle": {
                "type": "object",
                "required": ["kind", "assignment", "role", "team", "permission", "policy", "detail"],
                "properties": {
                  "kind": {{{Values<ObstacleKind>()}}},
                  "assignment": {"type": ["string", "null"]},
                  "role": {"type": ["string", "null"]},
                  "team": {"type": ["string", "null"]},
                  "permission": {"type": ["string", "null"]},
                  "policy": {"type": ["string", "null"]},
                  "detail": {"type": ["string", "null"]}
                }
              },
              "Decision": {
                "type": "object",
                "required": ["decision", "allow", "reason", "matched_permission", "matched_role", "matched_assignment", "matched_policy", "model_revision", "subject_revision", "valid_until"],
                "properties": {
                  "decision": {"type": "boolean"},
                  "allow": {"type": "boolean"},
                  "reason": {{{Values<DecisionReason>()}}},
                  "matched_permission": {"type": ["string", "null"]},
                  "matched_role": {"type": ["string", "null"]},
                  "matched_assignment": {"type": ["string", "null"]},
                  "matched_policy": {"type": ["string", "null"]},
                  "model_revision": {"type": "integer"},
                  "subject_revision": {"type": "integer"},
                  "valid_until": {"type": ["string", "null"], "format": "date-time"},
                  "trace": {"type": "array", "items": {"$ref": "#/components/schemas/TraceStep"}},
                  "policies": {"type": "array", "items": {"$ref": "#/components/schemas/PolicyStep"}},
                  "why_not": {
                    "description": "Of an explained denial: the smallest change that would make it an allow; all of it is needed",
                    "type": "array",
                    "items": {"$ref": "#/components/schemas/Obstacle"}
                  },
                  "outside": {"type": "array", "items": {"$ref": "#/components/schemas/OutsideStep"}}
                }
              }
            }
            """)!;
        all["TrialResult"] = With(all, "Decision", [("expected", Nullable("string")), ("as_expected", Nullable("boolean"))]);
        all["FoundThing"] = With(all, "Decision", [("type", Of("string")), ("id", Of("string"))], needed: ["type", "id"]);
        all["FoundAction"] = With(all, "Decision", [("name", Of("string"))], needed: ["name"]);
        all["Found"] = JsonNode.Parse("""{"description": "A subject or a resource; or an action. With explain it has the members of a Decision too", "anyOf": [{"$ref": "#/components/schemas/FoundThing"}, {"$ref": "#/components/schemas/FoundAction"}]}""");
        return all;
    }

    /// <summary>A schema's members and more.</summary>
    /// <param name="all">Where it is.</param>
    /// <param name="name">Which it is.</param>
    /// <param name="more">What there is besides.</param>
    /// <param name="needed">What is there always; null: what is of the schema.</param>
    public static JsonObject With(JsonObject all, string name, IEnumerable<(string Name, JsonObject Schema)> more, string[]? needed = null)
    {
        var schema = all[name]!.DeepClone().AsObject();
        foreach (var member in more)
        {
            schema["properties"]![member.Name] = member.Schema;
        }
        if (needed is not null)
        {
            schema["required"] = new JsonArray([.. needed.Select(one => (JsonNode)one)]);
        }
        return schema;
    }

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonObject Nullable(string type) => new() { ["type"] = new JsonArray(type, "null") };

    private static string Values<T>(params string[] more) where T : struct, Enum =>
        new JsonObject { ["enum"] = new JsonArray([.. Enum.GetValues<T>().Select(EnumText.Of).Concat(more).Select(one => (JsonNode)one)]) }.ToJsonString();
}
