using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>One condition of a policy, what it came to, and what it saw.</summary>
public sealed record ConditionStep
{
    /// <summary>Its kind, such as <c>attribute_match</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>true</c>, <c>false</c> or <c>error</c>, as a text.</summary>
    public required string Result { get; init; }

    /// <summary>The values of what it names, by path; null where there is none.</summary>
    public JsonObject Saw { get; init; } = [];

    /// <summary>The conditions within it.</summary>
    public IReadOnlyList<ConditionStep> Parts { get; init; } = [];
}
