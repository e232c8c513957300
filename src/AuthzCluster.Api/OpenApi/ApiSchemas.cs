using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.OpenApi;

/// <summary>The schemas of bodies and answers: those of records as their readers and writers have them, the few that are read and written by hand from <see cref="HandSchemas"/>.</summary>
internal static class ApiSchemas
{
    private static readonly ApiJson Json = ApiJson.Default;

    private static readonly Dictionary<string, JsonTypeInfo> Bodies = new(StringComparer.Ordinal)
    {
        ["TenantBody"] = Json.TenantBody, ["RoleBody"] = Json.RoleBody, ["PermissionBody"] = Json.PermissionBody, ["ParentBody"] = Json.ParentBody, ["PolicyBody"] = Json.PolicyBody,
        ["AssignBody"] = Json.AssignBody, ["AssignmentPatchBody"] = Json.AssignmentPatchBody, ["RegisterPermissionBody"] = Json.RegisterPermissionBody,
        ["NoBody"] = Json.NoBody, ["ApiKeyBody"] = Json.ApiKeyBody, ["RotateBody"] = Json.RotateBody, ["EntityBody"] = Json.EntityBody,
        ["RoleRequestBody"] = Json.RoleRequestBody, ["RequestDecisionBody"] = Json.RequestDecisionBody, ["ConstraintBody"] = Json.ConstraintBody, ["WebhookBody"] = Json.WebhookBody,
    };

    private static readonly Dictionary<string, JsonTypeInfo> Replies = new(StringComparer.Ordinal)
    {
        ["Health"] = Json.HealthReply, ["Tenant"] = Json.TenantReply, ["TenantPage"] = Json.TenantPage, ["Role"] = Json.RoleReply, ["RolePage"] = Json.RolePage,
        ["Hierarchy"] = Json.HierarchyReply, ["RolePermissions"] = Json.RolePermissionsReply, ["Cover"] = Json.CoverReply, ["Policy"] = Json.PolicyReply, ["PolicyPage"] = Json.PolicyPage,
        ["Assignment"] = Json.AssignmentReply, ["AssignmentPage"] = Json.AssignmentPage, ["RegisteredPermission"] = Json.RegisteredPermissionReply,
        ["RegisteredPermissionPage"] = Json.PermissionPage, ["PrincipalPage"] = Json.PrincipalPage, ["EffectivePermissions"] = Json.EffectiveReply, ["NamePage"] = Json.NamePage, ["AccessPage"] = Json.AccessPage,
        ["ApiKey"] = Json.ApiKeyReply, ["ApiKeyPage"] = Json.ApiKeyPage, ["Entity"] = Json.EntityReply, ["EntityPage"] = Json.EntityPage, ["AuditPage"] = Json.AuditPage,
        ["ModelReport"] = Json.ImportReply, ["RowsReport"] = Json.RowsReply,
        ["RoleRequest"] = Json.RoleRequestReply, ["RoleRequestPage"] = Json.RoleRequestPage, ["Constraint"] = Json.ConstraintReply, ["ConstraintPage"] = Json.ConstraintPage,
        ["Webhook"] = Json.WebhookReply, ["WebhookPage"] = Json.WebhookPage, ["DeadLetterPage"] = Json.DeadLetterPage,
        ["ExportedPermission"] = Json.ExportedPermission, ["ExportedRole"] = Json.ExportedRole, ["ExportedPolicy"] = Json.ExportedPolicy,
        ["ExportedConstraint"] = Json.ExportedConstraint, ["ExportedTeamAssignment"] = Json.ExportedTeamAssignment,
        ["Verification"] = Json.VerificationReply, ["Checkpoint"] = Json.CheckpointReply, ["KeySet"] = Json.KeySetReply,
    };

    // What must be there, though it is read as if it need not be, to be told as an error of the field.
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["RoleBody"] = ["name"], ["PermissionBody"] = ["permission"], ["RegisterPermissionBody"] = ["permission"], ["PolicyBody"] = ["name", "effect"], ["ApiKeyBody"] = ["name"],
        ["ConstraintBody"] = ["name", "roles"],
    };

    /// <summary>All, by name.</summary>
    public static JsonObject All()
    {
        var all = new JsonObject();
        foreach (var (name, type) in Bodies.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var schema = Export(type, isReply: false);
            if (Required.TryGetValue(name, out var required))
            {
                schema["required"] = new JsonArray([.. required.Select(one => (JsonNode)one)]);
            }
            all[name] = schema;
        }
        foreach (var (name, type) in Replies.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            all[name] = Export(type, isReply: true);
        }
        foreach (var (name, schema) in new[] { HandSchemas.Read(), DecisionSchemas.Read(), ModelSchemas.Read(), ProblemSchemas.Read() }.SelectMany(some => some))
        {
            all[name] = schema!.DeepClone();
        }
        // A question of a trial is a question, and what is expected of it.
        all["TrialQuestion"] = DecisionSchemas.With(all, "Question", [("expected", new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "allow, deny, a reason, or nothing" })]);
        return all;
    }

    private static JsonObject Export(JsonTypeInfo type, bool isReply)
    {
        var schema = (JsonObject)type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Transform(context, schema, isReply),
        });
        Inline(schema, schema);
        return schema;
    }

    // A type that comes twice is told by a pointer from the root of its own schema, which is none within a description.
    private static void Inline(JsonNode? node, JsonObject root)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Inline(item, root);
            }
        }
        foreach (var (name, value) in node is JsonObject open ? open.ToArray() : [])
        {
            if (value is JsonObject inner && inner["$ref"]?.GetValue<string>() is { } pointer && pointer.StartsWith("#/", StringComparison.Ordinal) && !pointer.StartsWith("#/components/", StringComparison.Ordinal))
            {
                JsonNode? target = root;
                foreach (var part in pointer.Split('/').Skip(1))
                {
                    target = target![part];
                }
                node![name] = target!.DeepClone();
            }
            Inline(node![name], root);
        }
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, bool isReply)
    {
        var type = context.TypeInfo.Type;
        if (type == typeof(AttributeBag))
        {
            return new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true };
        }
        if (type == typeof(IReadOnlyList<Condition>))
        {
            return new JsonObject { ["$ref"] = isReply ? "#/components/schemas/Conditions" : "#/components/schemas/ConditionsBody" };
        }
        if (type == typeof(DateTimeOffset))
        {
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        }
        if (type == typeof(DateTimeOffset?) || (Nullable.GetUnderlyingType(type) ?? type).Name.StartsWith("Replacement", StringComparison.Ordinal))
        {
            return new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "date-time" };
        }
        if (schema is not JsonObject open)
        {
            return new JsonObject();
        }
        if (isReply && open.ContainsKey("properties"))
        {
            // Answers may have more one day; what is there now is there always, but for what is left out when there is none.
            open.Remove("additionalProperties");
            var required = context.TypeInfo.Properties.Where(property => !IsLeftOut(property)).Select(property => (JsonNode)property.Name).ToArray();
            open.Remove("required");
            if (required.Length > 0)
            {
                open["required"] = new JsonArray(required);
            }
        }
        return open;
    }

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }, ..];
}
