using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Api.Decisions;

/// <summary>The answer to one question.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Trace">How it came about; default: not asked for.</param>
internal readonly record struct Answer(Decision Decision, ImmutableArray<TraceStep> Trace)
{
    /// <summary>What outside engines were asked for it; default or empty: nothing.</summary>
    public ImmutableArray<OutsideStep> Outside { get; init; }
}
