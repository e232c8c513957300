using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>A condition.</summary>
internal sealed record ConditionWire(string Type, JsonObject? Params)
{
    public static List<ConditionWire> Of(IReadOnlyList<Condition> conditions) =>
        [.. conditions.Select(condition => new ConditionWire(condition.Type, condition.Params))];

    public static List<Condition> Read(IReadOnlyList<ConditionWire>? conditions) =>
        [.. (conditions ?? []).Select(condition => new Condition(condition.Type, condition.Params))];
}
