using System.Collections.Immutable;

namespace AuthzCluster.Domain.Roles;

/// <summary>The pack of a knowledge base: entities, relationships and claims. Names are capitalised: <c>Viewer</c> is not <c>viewer</c>.</summary>
internal static class KnowledgePack
{
    public const string Name = "knowledge";

    public static readonly ImmutableArray<RoleDefinition> Roles =
    [
        BuiltInRole.Of("Viewer", "Viewer", 10, null, "entity:read", "relationship:read", "claim:read", "search:execute"),
        BuiltInRole.Of("Contributor", "Contributor", 30, "Viewer",
            "entity:create", "entity:update", "relationship:create", "relationship:update", "claim:create", "claim:update"),
        BuiltInRole.Of("Editor", "Editor", 50, "Contributor",
            "entity:delete", "relationship:delete", "claim:delete", "claim:validate", "validation:run", "inference:run"),
        BuiltInRole.Of("Admin", "Admin", 90, "Editor",
            "entity:*", "relationship:*", "claim:*", "validation:*", "inference:*", "settings:*", "authz.*:*"),
    ];
}
