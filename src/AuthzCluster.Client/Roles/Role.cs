using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>A role: to be made with <see cref="RoleBuilder"/>, or as it was read.</summary>
public sealed record Role
{
    /// <summary>The id, which never changes; case-sensitive.</summary>
    public required string RoleId { get; init; }

    /// <summary>The name, unique in the tenant; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people; null in a write: the name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>A word of yours for its kind; it means nothing to decisions.</summary>
    public string? Type { get; init; }

    /// <summary>Its own permissions, each <c>resource:action[:scope]</c>; at most 20,000.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>The roles that it inherits from.</summary>
    public IReadOnlyList<RoleParent> Parents { get; init; } = [];

    /// <summary>Policies for its holders only; in a write, those without an id are new.</summary>
    public IReadOnlyList<PolicyRule> Policies { get; init; } = [];

    /// <summary>Who may ask for it and who approves; null: nothing is said of that.</summary>
    public RequestRules? Requests { get; init; }

    /// <summary>0 to 100; null in a write: the highest of its parents', else 0.</summary>
    public int? HierarchyLevel { get; init; }

    /// <summary>Whether it counts at all.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Whether it comes from a pack: such roles are neither changed nor deleted.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Data of yours.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Who gets a new role together with its making; not read back, and refused in an update.</summary>
    public IReadOnlyList<Principal> AssignedTo { get; init; } = [];

    /// <summary>The version that was read; null: not read. An update of a role that has one is refused once it is no longer current.</summary>
    public long? Version { get; init; }

    /// <summary>How many principals have it; null: not read.</summary>
    public long? UserCount { get; init; }

    /// <summary>When it was made; null: not read.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last changed; null: not read.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What the last write thought odd, though not wrong.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
