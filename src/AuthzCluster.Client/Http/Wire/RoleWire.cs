using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AuthzCluster.Client.Http;

/// <summary>A role as servers answer it.</summary>
internal sealed record RoleWire
{
    [JsonRequired]
    public string Id { get; init; } = "";

    [JsonRequired]
    public string Name { get; init; } = "";

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Type { get; init; }

    [JsonRequired]
    public IReadOnlyList<string> Permissions { get; init; } = [];

    public IReadOnlyList<ParentWire>? Parents { get; init; }

    public IReadOnlyList<PolicyWire>? Policies { get; init; }

    public RequestPolicyWire? RequestPolicy { get; init; }

    public int? HierarchyLevel { get; init; }

    public bool IsActive { get; init; } = true;

    public bool IsSystemRole { get; init; }

    public JsonObject? Metadata { get; init; }

    public long? Version { get; init; }

    public long? UserCount { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }

    public Role Read() => new()
    {
        RoleId = Id,
        Name = Name,
        DisplayName = DisplayName,
        Description = Description,
        Type = Type,
        Permissions = Permissions,
        Parents = [.. (Parents ?? []).Select(parent => parent.Read())],
        Policies = [.. (Policies ?? []).Select(policy => policy.Read())],
        Requests = RequestPolicy?.Read(),
        HierarchyLevel = HierarchyLevel,
        IsActive = IsActive,
        IsBuiltIn = IsSystemRole,
        Metadata = Metadata,
        Version = Version,
        UserCount = UserCount,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Warnings = Warnings ?? [],
    };
}
