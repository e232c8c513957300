namespace AuthzCluster.Testing.Cases;

/// <summary>The keys that each part of a case may have. A test holds them equal to the JSON schema's, part by part.</summary>
public static class CaseKeys
{
    /// <summary>Keys by part; the parts are named as the schema's <c>$defs</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Parts = new Dictionary<string, string[]>
    {
        ["case"] = ["title", "requires", "now", "packs", "policies", "constraints", "roles", "teams", "subjects", "entities", "administrators", "attempts", "checks"],
        ["role"] = ["name", "id", "description", "permissions", "parents", "hierarchy_level", "is_active", "policies"],
        ["policy"] =
        [
            "id", "name", "effect", "resources", "actions", "principals", "conditions", "priority", "is_active", "grant_permissions",
        ],
        ["constraint"] = ["id", "name", "roles", "max"],
        ["parent"] = ["role_id", "inheritance_type", "permissions", "conditions"],
        ["condition"] = ["type", "params"],
        ["team"] = ["assignments"],
        ["subject"] = ["teams", "assignments"],
        ["assignment"] = ["as", "role", "scope", "conditions", "starts_at", "expires_at", "suspended"],
        ["entity"] = ["type", "id", "properties", "deleted"],
        ["attempt"] =
        [
            "by", "do", "role", "make", "assigned_to", "force", "permission", "parent", "to", "from", "scope", "conditions", "starts_at", "expires_at", "assignment",
            "of", "is_active", "team", "member", "roles", "team_assignments", "rows", "dry_run", "key", "constraint", "expect",
        ],
        ["key"] = ["as", "roles", "permissions", "expires_at"],
        ["row"] = ["role", "to", "scope", "conditions", "starts_at", "expires_at"],
        ["check"] = ["at", "subject", "subject_properties", "permission", "resource", "action_properties", "context", "expect"],
        ["resource"] = ["type", "id", "properties"],
        ["expect"] = ["decision", "reason", "matched_role", "matched_permission", "matched_assignment", "matched_policy", "valid_until", "why_not"],
    };
}
