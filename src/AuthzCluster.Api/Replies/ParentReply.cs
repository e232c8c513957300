using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Api.Replies;

/// <summary>An edge to a parent.</summary>
internal sealed record ParentReply(string RoleId, string InheritanceType, IReadOnlyList<string> Permissions)
{
    [JsonConverter(typeof(ConditionsConverter))]
    public required IReadOnlyList<Condition> Conditions { get; init; }

    public static ParentReply Of(ParentEdge edge) =>
        new(edge.Parent.Value, EnumText.Of(edge.Type), [.. edge.Patterns.Select(pattern => pattern.ToString())]) { Conditions = edge.Conditions };
}
