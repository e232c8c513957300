using System.Text.Json.Nodes;

namespace AuthzCluster.Api.OpenApi;

/// <summary>The schemas of models and rows, as they are imported and exported.</summary>
internal static class ModelSchemas
{
    public static JsonObject Read() => (JsonObject)JsonNode.Parse("""
        {
          "Model": {
            "description": "What the writer may not read is left out: policies, constraints",
            "type": "object",
            "required": ["format", "version", "registered_permissions", "roles", "team_assignments"],
            "properties": {
              "format": {"enum": ["authz"]},
              "version": {"enum": [1]},
              "registered_permissions": {"type": "array", "items": {"$ref": "#/components/schemas/ExportedPermission"}},
              "roles": {"type": "array", "items": {"$ref": "#/components/schemas/ExportedRole"}},
              "team_assignments": {"type": "array", "items": {"$ref": "#/components/schemas/ExportedTeamAssignment"}},
              "policies": {"type": "array", "items": {"$ref": "#/components/schemas/ExportedPolicy"}},
              "constraints": {"type": "array", "items": {"$ref": "#/components/schemas/ExportedConstraint"}}
            }
          },
          "ModelBody": {
            "description": "With format=authz",
            "type": "object",
            "required": ["roles"],
            "properties": {
              "format": {"enum": ["authz"]},
              "version": {"enum": [1]},
              "registered_permissions": {"type": "array", "items": {"$ref": "#/components/schemas/RegisterPermissionBody"}},
              "roles": {"type": "array", "items": {"$ref": "#/components/schemas/RoleBody"}},
              "team_assignments": {"type": "array", "items": {"$ref": "#/components/schemas/AssignBody"}},
              "policies": {"type": "array", "items": {"$ref": "#/components/schemas/PolicyBody"}},
              "constraints": {"type": "array", "items": {"$ref": "#/components/schemas/ConstraintBody"}}
            },
            "additionalProperties": false
          },
          "GcloudRole": {
            "description": "As gcloud prints it; members that are not known are passed over",
            "type": "object",
            "required": ["name"],
            "properties": {
              "name": {"type": "string"},
              "title": {"type": ["string", "null"]},
              "description": {"type": ["string", "null"]},
              "stage": {"type": ["string", "null"]},
              "includedPermissions": {"type": ["array", "null"], "items": {"type": "string"}}
            },
            "additionalProperties": true
          },
          "EntityRow": {
            "type": "object",
            "required": ["type", "id"],
            "properties": {"type": {"type": "string"}, "id": {"type": "string"}, "properties": {"$ref": "#/components/schemas/Attributes"}, "tenant_id": {"type": "string"}},
            "additionalProperties": false
          },
          "ImportRow": {"anyOf": [{"$ref": "#/components/schemas/AssignBody"}, {"$ref": "#/components/schemas/EntityRow"}]},
          "Import": {
            "description": "By the query's format: a model, roles of gcloud, or a list of assignments or entities",
            "anyOf": [
              {"$ref": "#/components/schemas/ModelBody"},
              {"type": "array", "items": {"$ref": "#/components/schemas/GcloudRole"}},
              {"type": "array", "items": {"$ref": "#/components/schemas/ImportRow"}}
            ]
          },
          "ImportLines": {"description": "With format=assignments or entities: a row in each line", "type": "string"},
          "ImportReport": {"anyOf": [{"$ref": "#/components/schemas/ModelReport"}, {"$ref": "#/components/schemas/RowsReport"}]}
        }
        """)!;
}
