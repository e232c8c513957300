using System.Text.Json.Serialization;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Replies;

/// <summary>A role as callers read it.</summary>
internal sealed record RoleReply
{
    public required string Id { get; init; }
    public required string TenantId { get; init; }
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public string? Description { get; init; }
    public string? Type { get; init; }
    public required IReadOnlyList<string> Permissions { get; init; }
    public string? ParentRoleId { get; init; }
    public required IReadOnlyList<ParentReply> Parents { get; init; }
    public required IReadOnlyList<PolicyReply> Policies { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestPolicyBody? RequestPolicy { get; init; }

    public int HierarchyLevel { get; init; }
    public bool IsActive { get; init; }
    public bool IsSystemRole { get; init; }
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Metadata { get; init; }
    public long UserCount { get; init; }
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    public static RoleReply Of(TenantId tenant, RoleView view, bool withPolicies)
    {
        var role = view.Role;
        return new RoleReply
        {
            Id = role.Id.Value,
            TenantId = tenant.Value,
            Name = role.Name,
            DisplayName = role.DisplayName,
            Description = role.Description,
            Type = role.Type,
            Permissions = [.. role.Permissions.Select(permission => permission.ToString())],
            // Documents know one parent; of several, `parents` tells.
            ParentRoleId = role.Parents is [{ Type: InheritanceType.Full } only] ? only.Parent.Value : null,
            Parents = [.. role.Parents.Select(ParentReply.Of)],
            Policies = [.. role.Policies.Select(policy => withPolicies ? PolicyReply.Of(policy) : new PolicyReply(policy.Id))],
            RequestPolicy = RequestPolicyBody.Of(role.RequestPolicy),
            HierarchyLevel = role.Level,
            IsActive = role.IsActive,
            IsSystemRole = role.IsSystem,
            Metadata = role.Metadata,
            UserCount = view.UserCount,
            Version = role.Version,
            CreatedAt = role.CreatedAt,
            UpdatedAt = role.UpdatedAt,
            Warnings = view.Warnings.Count == 0 ? null : view.Warnings,
        };
    }
}
