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

    /// <summary>All that outside engines were asked, in that order.</summary>
    public ImmutableArray<OutsideStep> Outside { get; init; } = [];
}
