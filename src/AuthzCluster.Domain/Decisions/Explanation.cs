using System.Collections.Immutable;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Domain.Decisions;

/// <summary>A decision and how it came about, from the same state.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Trace">Each assignment that the subject has, itself or through a team.</param>
public sealed record Explanation(Decision Decision, ImmutableArray<TraceStep> Trace)
{
    /// <summary>Each policy about the resource in question, up to the one that decided.</summary>
    public ImmutableArray<PolicyStep> Policies { get; init; } = [];

    /// <summary>The smallest change that would make a denial an allow; empty of an allow, and where an outside engine has a say.</summary>
    public ImmutableArray<Obstacle> WhyNot { get; init; } = [];

    /// <summary>All that outside engines were asked, in that order.</summary>
    public ImmutableArray<OutsideStep> Outside { get; init; } = [];
}
