using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies;

/// <summary>A condition as it was written: <c>{type, params}</c>. Compiled once per model revision, or per activation of a subject.</summary>
/// <param name="Type">One of the known kinds, such as <c>attribute_match</c>.</param>
/// <param name="Params">What the kind needs.</param>
public sealed record Condition(string Type, AttributeBag Params);
