namespace AuthzCluster.Specification.Cases;

/// <summary>The keys that each part of a case may have. A test holds them equal to the JSON schema's, part by part.</summary>
public static class CaseKeys
{
    /// <summary>Keys by part; the parts are named as the schema's <c>$defs</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Parts = new Dictionary<string, string[]>
    {
        ["case"] = ["title", "requires", "now", "packs", "roles", "teams", "subjects", "entities", "checks"],
        ["role"] = ["name", "id", "permissions", "parents", "hierarchy_level", "is_active"],
        ["parent"] = ["role_id", "inheritance_type", "permissions", "conditions"],
        ["condition"] = ["type", "params"],
        ["team"] = ["assignments"],
        ["subject"] = ["teams", "assignments"],
        ["assignment"] = ["as", "role", "scope", "conditions", "starts_at", "expires_at", "suspended"],
        ["entity"] = ["type", "id", "properties", "deleted"],
        ["check"] = ["at", "subject", "subject_properties", "permission", "resource", "action_properties", "context", "expect"],
        ["resource"] = ["type", "id", "properties"],
        ["expect"] = ["decision", "reason", "matched_role", "matched_permission", "matched_assignment", "valid_until"],
    };
}
