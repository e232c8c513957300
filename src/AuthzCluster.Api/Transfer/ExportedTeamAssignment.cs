using System.Text.Json.Serialization;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Transfer;

/// <summary>A team's assignment in an export; reads back as an <see cref="AssignBody"/>.</summary>
internal sealed record ExportedTeamAssignment
{
    public required PrincipalBody Principal { get; init; }
    public required string Role { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Scope { get; init; }
    [JsonConverter(typeof(ConditionsConverter))]
    public required IReadOnlyList<Condition> Conditions { get; init; }
    public string? Reason { get; init; }
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Metadata { get; init; }
}
