using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>One condition, what it came to, and what it saw.</summary>
/// <param name="Type">Its kind, such as <c>attribute_match</c>.</param>
/// <param name="Result">What it came to.</param>
public sealed record ConditionStep(string Type, Truth Result)
{
    /// <summary>The values of what it names, by path; null where there is none. Empty of a kind that names nothing, or looks at all of the question.</summary>
    public AttributeBag Saw { get; init; } = AttributeBag.Empty;

    /// <summary>The conditions within it, each as if asked by itself.</summary>
    public ImmutableArray<ConditionStep> Parts { get; init; } = [];
}
