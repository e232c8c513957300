using System.Text.Json.Nodes;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.OpenApi;

/// <summary>The schema of refusals, with every code that there is, and an example for each status.</summary>
internal static class ProblemSchemas
{
    public static JsonObject Read()
    {
        var all = (JsonObject)JsonNode.Parse("""
            {
              "Problem": {
                "type": "object",
                "required": ["type", "title", "status", "detail", "code"],
                "properties": {
                  "type": {"type": "string", "description": "urn:authz:problem: and the code"},
                  "title": {"type": "string"},
                  "status": {"type": "integer"},
                  "detail": {"type": "string"},
                  "code": {},
                  "errors": {"description": "Of `validation_failed`: what is wrong, by field", "type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
                  "holders": {"description": "Of `role_conflict`: who has or would have too much, the first of them", "type": "array", "items": {"$ref": "#/components/schemas/Holder"}},
                  "holders_total": {"description": "How many there are", "type": "integer"}
                }
              },
              "Holder": {
                "type": "object",
                "required": ["principal", "constraint", "roles"],
                "properties": {
                  "principal": {"type": "object", "required": ["type", "id"], "properties": {"type": {"type": "string"}, "id": {"type": "string"}}},
                  "constraint": {"type": "string"},
                  "roles": {"type": "array", "items": {"type": "string"}}
                }
              }
            }
            """)!;
        all["Problem"]!["properties"]!["code"] = new JsonObject { ["enum"] = new JsonArray([.. Problem.Codes.Select(code => (JsonNode)code)]) };
        return all;
    }

    /// <summary>A refusal of this status; null: there is none to show.</summary>
    public static string? Example(int status) => status switch
    {
        400 => Text(status, "validation_failed", "Validation failed", "the request breaks a rule", ""","errors":{"name":["must not be blank"]}"""),
        401 => Text(status, "unauthenticated", "A credential is needed", "send `Authorization: Bearer KEY`"),
        403 => Text(status, "forbidden", "Forbidden", "this needs `authz.roles:update`"),
        404 => Text(status, "role_not_found", "Role not found", "there is no role `clerk`"),
        409 => Text(status, "role_conflict", "Separation of duty", "somebody would have too much", ""","holders":[{"principal":{"type":"user","id":"alice"},"constraint":"who pays does not approve","roles":["payer","approver"]}],"holders_total":1"""),
        412 => Text(status, "precondition_failed", "Precondition failed", "this is version 4 by now"),
        413 => Text(status, "payload_too_large", "Too large", "the body must not be larger than 1048576 bytes"),
        415 => Text(status, "unsupported_media_type", "Unsupported media type", "bodies are JSON, not `text/csv`"),
        429 => Text(status, "rate_limited", "Rate limited", "too many requests of this credential; ask more slowly"),
        500 => Text(status, "internal", "Internal error", "something went wrong; the server's log has it under the request id"),
        503 => Text(status, "unavailable", "Unavailable", "storage does not answer"),
        _ => null,
    };

    private static string Text(int status, string code, string title, string detail, string more = "") =>
        $$"""{"type":"urn:authz:problem:{{code}}","title":"{{title}}","status":{{status}},"detail":"{{detail}}","code":"{{code}}"{{more}}}""";
}
