using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>A role to make, or to put in the place of one; of a replacement the path has the id.</summary>
internal sealed record RoleBodyWire
{
    public string? Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Type { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    public required IReadOnlyList<ParentWire> Parents { get; init; }

    public IReadOnlyList<PolicyWire>? Policies { get; init; }

    public RequestPolicyWire? RequestPolicy { get; init; }

    public int? HierarchyLevel { get; init; }

    public bool IsActive { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string>? AssignedTo { get; init; }

    public static RoleBodyWire Of(Role role) => new()
    {
        Name = role.Name,
        DisplayName = role.DisplayName,
        Description = role.Description,
        Type = role.Type,
        Permissions = role.Permissions,
        Parents = [.. role.Parents.Select(ParentWire.Of)],
        Policies = role.Policies.Count == 0 ? null : [.. role.Policies.Select(PolicyWire.Of)],
        RequestPolicy = RequestPolicyWire.Of(role.Requests),
        HierarchyLevel = role.HierarchyLevel,
        IsActive = role.IsActive,
        Metadata = role.Metadata,
        AssignedTo = role.AssignedTo.Count == 0 ? null : [.. role.AssignedTo.Select(principal => Texts.Check(principal).ToString())],
    };
}
