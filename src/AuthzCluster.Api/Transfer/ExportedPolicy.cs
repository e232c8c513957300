using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Transfer;

/// <summary>A policy in an export, of the tenant or within its role; reads back as a <see cref="Bodies.PolicyBody"/>.</summary>
internal sealed record ExportedPolicy
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required string Effect { get; init; }
    public required IReadOnlyList<string> Resources { get; init; }
    public required IReadOnlyList<string> Actions { get; init; }
    public required IReadOnlyList<string> Principals { get; init; }
    [JsonConverter(typeof(ConditionsConverter))]
    public required IReadOnlyList<Condition> Conditions { get; init; }
    public int Priority { get; init; }
    public bool IsActive { get; init; }
    public required IReadOnlyList<string> GrantPermissions { get; init; }

    public static ExportedPolicy Of(PolicyDefinition policy) => new()
    {
        Id = policy.Id,
        Name = policy.Name,
        Description = policy.Description,
        Effect = EnumText.Of(policy.Effect),
        Resources = policy.Resources,
        Actions = policy.Actions,
        Principals = policy.Principals,
        Conditions = policy.Conditions,
        Priority = policy.Priority,
        IsActive = policy.IsActive,
        GrantPermissions = [.. policy.GrantPermissions.Select(permission => permission.ToString())],
    };
}
