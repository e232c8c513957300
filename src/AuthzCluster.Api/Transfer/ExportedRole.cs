using System.Text.Json.Serialization;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Transfer;

/// <summary>A role in an export; reads back as a <see cref="Bodies.RoleBody"/>.</summary>
internal sealed record ExportedRole
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public string? Description { get; init; }
    public string? Type { get; init; }
    public required IReadOnlyList<string> Permissions { get; init; }
    public required IReadOnlyList<ParentReply> Parents { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExportedPolicy>? Policies { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestPolicyBody? RequestPolicy { get; init; }

    public int HierarchyLevel { get; init; }
    public bool IsActive { get; init; }
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Metadata { get; init; }
}
