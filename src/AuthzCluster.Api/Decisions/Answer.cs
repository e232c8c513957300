using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Api.Decisions;

/// <summary>The answer to one question.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Trace">How it came about; default: not asked for.</param>
internal readonly record struct Answer(Decision Decision, ImmutableArray<TraceStep> Trace)
{
    /// <summary>The policies that were looked at; default: as of the trace.</summary>
    public ImmutableArray<PolicyStep> Policies { get; init; }

    /// <summary>What stands in the way of an allow; default: as of the trace.</summary>
    public ImmutableArray<Obstacle> WhyNot { get; init; }

    /// <summary>What outside engines were asked for it; default or empty: nothing.</summary>
    public ImmutableArray<OutsideStep> Outside { get; init; }

    /// <summary>Whether the caller may see what policies say, and what is asked of whom: else it is told which policies they are.</summary>
    public bool ShowsPolicies { get; init; }

    /// <summary>An explanation.</summary>
    public static Answer Of(Explanation explanation, bool showsPolicies) => new(explanation.Decision, explanation.Trace)
    {
        Policies = explanation.Policies, Outside = showsPolicies ? explanation.Outside : [], WhyNot = explanation.WhyNot, ShowsPolicies = showsPolicies,
    };
}
