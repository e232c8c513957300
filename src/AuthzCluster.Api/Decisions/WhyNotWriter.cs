using System.Collections.Immutable;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Decisions;

/// <summary>
/// Writes the smallest change that would make a denial an allow. Who may not read policies is told of one that denies which it is, and of one that might allow that there is one.
/// </summary>
internal static class WhyNotWriter
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<Obstacle> obstacles, bool showsPolicies)
    {
        json.WriteStartArray("why_not"u8);
        foreach (var obstacle in obstacles.IsDefault ? [] : obstacles)
        {
            var one = showsPolicies ? obstacle : Redact(obstacle);
            json.WriteStartObject();
            json.WriteString("kind"u8, EnumText.Of(one.Kind));
            json.WriteString("assignment"u8, one.Assignment);
            json.WriteString("role"u8, one.Role);
            json.WriteString("team"u8, one.Team);
            json.WriteString("permission"u8, one.Permission?.ToString());
            json.WriteString("policy"u8, one.Policy);
            json.WriteString("detail"u8, one.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // That which denies is told with each decision; that one is off, or what it goes by, nowhere else.
    private static Obstacle Redact(Obstacle one) =>
        one.Policy is null ? one : new(ObstacleKind.Policy) { Policy = one.Kind == ObstacleKind.Policy ? one.Policy : null };
}
