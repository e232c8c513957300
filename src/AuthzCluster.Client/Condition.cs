using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>What must hold for a grant or an inherited permission to count, such as <c>time_range</c>, <c>ip_range</c> or <c>attribute_match</c>.</summary>
/// <param name="Type">The kind of condition.</param>
/// <param name="Params">What the kind asks for, as the API describes it; null: nothing.</param>
public sealed record Condition(string Type, JsonObject? Params = null);
