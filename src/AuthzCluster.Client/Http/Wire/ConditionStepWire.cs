using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>A condition in an explanation.</summary>
internal sealed record ConditionStepWire(string? Type, string? Result, JsonObject? Saw, IReadOnlyList<ConditionStepWire>? Parts)
{
    public static IReadOnlyList<ConditionStep> Read(IReadOnlyList<ConditionStepWire>? conditions) => [.. (conditions ?? []).Select(condition => condition.Read())];

    private ConditionStep Read() => new()
    {
        Type = Type ?? "",
        Result = Result ?? "",
        Saw = Saw ?? [],
        Parts = Read(Parts),
    };
}
