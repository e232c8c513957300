using System.Text.Json.Nodes;

namespace AuthzCluster.Api.OpenApi;

/// <summary>The schemas of what is read and written by hand.</summary>
internal static class HandSchemas
{
    public static JsonObject Read() => (JsonObject)JsonNode.Parse("""
        {
          "Any": {},
          "Text": {"type": "string"},
          "Attributes": {"type": "object", "additionalProperties": true},
          "Condition": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "params": {"type": "object", "additionalProperties": true}}},
          "Conditions": {"type": ["array", "null"], "items": {"$ref": "#/components/schemas/Condition"}},
          "ConditionsBody": {"description": "A list, or an object whose members are equalities", "type": ["array", "object", "null"], "items": {"$ref": "#/components/schemas/Condition"}, "additionalProperties": true},
          "Thing": {"type": "object", "properties": {"type": {"type": "string"}, "id": {"type": "string"}, "properties": {"$ref": "#/components/schemas/Attributes"}}, "additionalProperties": false},
          "Question": {
            "type": "object",
            "properties": {
              "subject": {"$ref": "#/components/schemas/Thing"},
              "user": {"type": "string", "description": "Short for a subject of type user"},
              "permission": {"type": "string", "description": "resource:action[:scope]"},
              "action": {"type": "object", "properties": {"name": {"type": "string"}, "properties": {"$ref": "#/components/schemas/Attributes"}}, "additionalProperties": false},
              "resource": {"$ref": "#/components/schemas/Thing"},
              "scope": {"$ref": "#/components/schemas/Attributes"},
              "context": {"$ref": "#/components/schemas/Attributes"},
              "at": {"type": ["string", "null"], "format": "date-time"},
              "explain": {"type": "boolean"},
              "tenant_id": {"type": "string"}
            },
            "additionalProperties": false
          },
          "Questions": {"type": "object", "required": ["evaluations"], "properties": {"evaluations": {"type": "array", "maxItems": 1000, "items": {"$ref": "#/components/schemas/Question"}}}},
          "Decisions": {"type": "object", "required": ["decisions"], "properties": {"decisions": {"type": "array", "items": {"$ref": "#/components/schemas/Decision"}}}},
          "PolicyTrial": {"type": "object", "required": ["requests"], "properties": {"policy": {"$ref": "#/components/schemas/PolicyBody"}, "requests": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/TrialQuestion"}}}, "additionalProperties": false},
          "PolicyTrialResult": {"type": "object", "required": ["passed", "results"], "properties": {"passed": {"type": "boolean"}, "results": {"type": "array", "items": {"$ref": "#/components/schemas/TrialResult"}}}},
          "Search": {
            "description": "A question without the part that is looked for, and which page of the answers",
            "type": "object",
            "properties": {
              "subject": {"$ref": "#/components/schemas/Thing"},
              "permission": {"type": "string", "description": "resource:action[:scope]; or resource.type and action.name"},
              "action": {"type": "object", "properties": {"name": {"type": "string"}, "properties": {"$ref": "#/components/schemas/Attributes"}}, "additionalProperties": false},
              "resource": {"$ref": "#/components/schemas/Thing"},
              "context": {"$ref": "#/components/schemas/Attributes"},
              "at": {"type": ["string", "null"], "format": "date-time"},
              "explain": {"type": "boolean"},
              "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
              "page_token": {"type": ["string", "null"]}
            },
            "additionalProperties": false
          },
          "SearchPage": {
            "type": "object",
            "required": ["items", "next_page_token"],
            "properties": {
              "items": {"type": "array", "items": {"$ref": "#/components/schemas/Found"}},
              "next_page_token": {"type": ["string", "null"]}
            }
          },
          "AuthZenPart": {"type": "object", "properties": {"type": {"type": "string"}, "id": {"type": "string"}, "name": {"type": "string"}, "properties": {"$ref": "#/components/schemas/Attributes"}}, "additionalProperties": true},
          "AuthZenQuestion": {
            "description": "Members that are not known are passed over",
            "type": "object",
            "required": ["subject", "action", "resource"],
            "properties": {
              "subject": {"$ref": "#/components/schemas/AuthZenPart"},
              "action": {"$ref": "#/components/schemas/AuthZenPart"},
              "resource": {"$ref": "#/components/schemas/AuthZenPart"},
              "context": {"$ref": "#/components/schemas/Attributes"}
            },
            "additionalProperties": true
          },
          "AuthZenQuestions": {
            "description": "What an evaluation leaves out is as beside the list",
            "type": "object",
            "properties": {
              "subject": {"$ref": "#/components/schemas/AuthZenPart"},
              "action": {"$ref": "#/components/schemas/AuthZenPart"},
              "resource": {"$ref": "#/components/schemas/AuthZenPart"},
              "context": {"$ref": "#/components/schemas/Attributes"},
              "evaluations": {"type": "array", "maxItems": 1000, "items": {"$ref": "#/components/schemas/Attributes"}},
              "options": {
                "type": "object",
                "properties": {"evaluations_semantic": {"enum": ["execute_all", "deny_on_first_deny", "permit_on_first_permit"]}},
                "additionalProperties": true
              }
            },
            "additionalProperties": true
          },
          "AuthZenSearch": {
            "description": "A question without the part that is looked for; or a page's token alone",
            "type": "object",
            "properties": {
              "subject": {"$ref": "#/components/schemas/AuthZenPart"},
              "action": {"$ref": "#/components/schemas/AuthZenPart"},
              "resource": {"$ref": "#/components/schemas/AuthZenPart"},
              "context": {"$ref": "#/components/schemas/Attributes"},
              "page": {"type": "object", "properties": {"token": {"type": "string"}, "limit": {"type": "integer", "minimum": 1}}, "additionalProperties": true}
            },
            "additionalProperties": true
          },
          "AuthZenDecision": {
            "type": "object",
            "required": ["decision", "context"],
            "properties": {
              "decision": {"type": "boolean"},
              "context": {
                "type": "object",
                "properties": {
                  "reason_user": {"$ref": "#/components/schemas/Attributes"},
                  "reason_admin": {"$ref": "#/components/schemas/Attributes"},
                  "matched_role": {"type": "string"},
                  "matched_permission": {"type": "string"},
                  "matched_policy": {"type": "string"},
                  "model_revision": {"type": "integer"},
                  "valid_until": {"type": "string", "format": "date-time"},
                  "error": {"type": "object", "required": ["status", "message"], "properties": {"status": {"type": "integer"}, "message": {"type": "string"}}}
                }
              }
            }
          },
          "AuthZenDecisions": {
            "description": "Without `evaluations` in the request, the members of an AuthZenDecision",
            "anyOf": [
              {"type": "object", "required": ["evaluations"], "properties": {"evaluations": {"type": "array", "items": {"$ref": "#/components/schemas/AuthZenDecision"}}}},
              {"$ref": "#/components/schemas/AuthZenDecision"}
            ]
          },
          "AuthZenPage": {
            "type": "object",
            "required": ["results", "page"],
            "properties": {
              "results": {"type": "array", "items": {"type": "object", "properties": {"type": {"type": "string"}, "id": {"type": "string"}, "name": {"type": "string"}}}},
              "page": {"type": "object", "required": ["next_token", "count"], "properties": {"next_token": {"type": "string"}, "count": {"type": "integer"}}}
            }
          },
          "AuthZenMetadata": {
            "type": "object",
            "required": ["policy_decision_point", "access_evaluation_endpoint", "access_evaluations_endpoint", "search_subject_endpoint", "search_resource_endpoint", "search_action_endpoint"],
            "properties": {
              "policy_decision_point": {"type": "string"},
              "access_evaluation_endpoint": {"type": "string"},
              "access_evaluations_endpoint": {"type": "string"},
              "search_subject_endpoint": {"type": "string"},
              "search_resource_endpoint": {"type": "string"},
              "search_action_endpoint": {"type": "string"}
            }
          }
        }
        """)!;
}
