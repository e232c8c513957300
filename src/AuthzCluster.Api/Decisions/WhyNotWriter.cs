using System.Collections.Immutable;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Decisions;

/// <summary>Writes the smallest change that would make a denial an allow. Who may not read policies is told of one which it is, and no more.</summary>
internal static class WhyNotWriter
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<Obstacle> obstacles, bool showsPolicies)
    {
        json.WriteStartArray("why_not"u8);
        foreach (var one in obstacles.IsDefault ? [] : obstacles)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, EnumText.Of(one.Kind));
            json.WriteString("assignment"u8, one.Assignment);
            json.WriteString("role"u8, one.Role);
            json.WriteString("team"u8, one.Team);
            json.WriteString("permission"u8, one.Permission?.ToString());
            json.WriteString("policy"u8, one.Policy);
            json.WriteString("detail"u8, one.Kind == ObstacleKind.Policy && !showsPolicies ? null : one.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
