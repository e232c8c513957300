using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Http.Tests.Cases;

/// <summary>What a case says, as the bodies of the API.</summary>
internal static class CaseJson
{
    public static JsonObject Role(RoleDraft role, bool isActive)
    {
        var body = new JsonObject
        {
            ["name"] = role.Name,
            ["permissions"] = Texts(role.Permissions),
            ["parents"] = new JsonArray([.. role.Parents.Select(Parent)]),
            ["is_active"] = isActive,
        };
        AddIf(body, "id", role.Id);
        AddIf(body, "description", role.Description);
        AddIf(body, "hierarchy_level", role.Level);
        if (role.Policies.Count > 0)
        {
            body["policies"] = new JsonArray([.. role.Policies.Select(Policy)]);
        }
        return body;
    }

    public static JsonObject Policy(PolicyDraft policy)
    {
        var body = new JsonObject
        {
            ["name"] = policy.Name,
            ["effect"] = policy.Effect == PolicyEffect.Deny ? "deny" : "allow",
            ["resources"] = Texts(policy.Resources),
            ["actions"] = Texts(policy.Actions),
            ["principals"] = Texts(policy.Principals),
            ["conditions"] = new JsonArray([.. policy.Conditions.Select(One)]),
            ["priority"] = policy.Priority,
            ["is_active"] = policy.IsActive,
            ["grant_permissions"] = Texts(policy.GrantPermissions),
        };
        AddIf(body, "id", policy.Id);
        AddIf(body, "description", policy.Description);
        return body;
    }

    public static JsonObject Constraint(ConstraintDraft constraint)
    {
        var body = new JsonObject { ["name"] = constraint.Name, ["roles"] = Texts(constraint.Roles), ["max"] = constraint.Max };
        AddIf(body, "id", constraint.Id);
        return body;
    }

    public static JsonObject Assignment(AssignmentDraft draft)
    {
        var body = new JsonObject
        {
            ["principal"] = new JsonObject { ["type"] = draft.Principal.Type, ["id"] = draft.Principal.Id },
            ["scope"] = Bag(draft.Scope),
            ["conditions"] = new JsonArray([.. draft.Conditions.Select(One)]),
        };
        AddIf(body, "starts_at", draft.StartsAt?.ToString("O"));
        AddIf(body, "expires_at", draft.ExpiresAt?.ToString("O"));
        return body;
    }

    public static JsonObject Patch(AssignmentPatch patch)
    {
        var body = new JsonObject();
        AddIf(body, "is_active", patch.IsActive);
        if (patch.StartsAt is { } start)
        {
            body["starts_at"] = start.Value?.ToString("O");
        }
        if (patch.ExpiresAt is { } end)
        {
            body["expires_at"] = end.Value?.ToString("O");
        }
        if (patch.Conditions is { } conditions)
        {
            body["conditions"] = new JsonArray([.. conditions.Select(One)]);
        }
        return body;
    }

    public static JsonObject Key(AdminAct.CreateKey key)
    {
        var body = new JsonObject { ["name"] = key.Label, ["roles"] = Texts(key.Roles) };
        if (key.Permissions is not null)
        {
            body["permissions"] = Texts(key.Permissions);
        }
        AddIf(body, "expires_at", key.ExpiresAt?.ToString("O"));
        return body;
    }

    public static JsonNode Scope(AttributeBag scope) => Bag(scope);

    public static JsonObject Entity(CaseEntity entity) => new() { ["properties"] = Bag(entity.Properties) };

    public static JsonObject Question(CaseCheck check)
    {
        var resource = new JsonObject { ["properties"] = Bag(check.ResourceProperties) };
        AddIf(resource, "type", check.ResourceType);
        AddIf(resource, "id", check.ResourceId);
        return new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = check.Subject.Type, ["id"] = check.Subject.Id, ["properties"] = Bag(check.SubjectProperties) },
            ["permission"] = check.Permission,
            ["resource"] = resource,
            ["action"] = new JsonObject { ["properties"] = Bag(check.ActionProperties) },
            ["context"] = Bag(check.Context),
            ["at"] = check.At.ToString("O"),
        };
    }

    public static CaseOutcome Outcome(Reply reply, Dictionary<string, string> labels) =>
        reply.Status == 200 ? Outcome(reply.Json, labels) : new CaseOutcome(reply["code"].GetString()!);

    public static CaseOutcome Outcome(JsonElement answer, Dictionary<string, string> labels) => new(answer.GetProperty("reason").GetString()!)
    {
        Decision = answer.GetProperty("decision").GetBoolean(),
        MatchedRole = answer.GetProperty("matched_role").GetString(),
        MatchedPermission = answer.GetProperty("matched_permission").GetString(),
        MatchedAssignment = answer.GetProperty("matched_assignment").GetString() is { } id ? labels.GetValueOrDefault(id, id) : null,
        MatchedPolicy = answer.GetProperty("matched_policy").GetString(),
        ValidUntil = answer.GetProperty("valid_until").ValueKind == JsonValueKind.Null ? null : answer.GetProperty("valid_until").GetDateTimeOffset(),
    };

    public static string WhyNot(JsonElement explained, Dictionary<string, string> labels) => !explained.TryGetProperty("why_not", out var told) ? "" : string.Join(", ", told.EnumerateArray().Select(one =>
        CaseOutcome.Tell(Text(one, "kind")!, Text(one, "policy"), Text(one, "role"), Text(one, "assignment") is { } id ? labels.GetValueOrDefault(id, id) : null, Text(one, "permission"))));

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static JsonObject Parent(ParentDraft parent) => new()
    {
        ["role_id"] = parent.Role,
        ["inheritance_type"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(parent.Type.ToString()),
        ["permissions"] = Texts(parent.Permissions),
        ["conditions"] = new JsonArray([.. parent.Conditions.Select(One)]),
    };

    private static JsonObject One(Condition condition) => new() { ["type"] = condition.Type, ["params"] = Bag(condition.Params) };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonNode Bag(AttributeBag bag)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            AttributeJson.Write(json, bag);
        }
        return JsonNode.Parse(bytes.WrittenSpan)!;
    }

    private static void AddIf<T>(JsonObject body, string name, T? value)
    {
        if (value is not null)
        {
            body[name] = JsonValue.Create(value);
        }
    }
}
