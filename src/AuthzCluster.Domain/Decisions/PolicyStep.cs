using System.Collections.Immutable;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>One active policy about the resource in question, and what became of it. Steps stand in the order in which policies are asked; the one that decided is the last.</summary>
public sealed record PolicyStep
{
    /// <summary>The policy's id.</summary>
    public required string Policy { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does where it decides.</summary>
    public required PolicyEffect Effect { get; init; }

    /// <summary>Its priority.</summary>
    public required int Priority { get; init; }

    /// <summary>The id of the role that it is attached to; null: it is the tenant's.</summary>
    public string? Role { get; init; }

    /// <summary>What became of it.</summary>
    public required PolicyOutcome Outcome { get; init; }

    /// <summary>What each of its conditions came to, and what it saw; empty where its target did not match.</summary>
    public ImmutableArray<ConditionStep> Conditions { get; init; } = [];

    /// <summary>Whether its resources, actions and principals match, and its role counts.</summary>
    public bool MatchesTarget => Outcome is not (PolicyOutcome.NotTargeted or PolicyOutcome.RoleNotHeld);

    /// <summary>Whether it decided.</summary>
    public bool Decided => Outcome <= PolicyOutcome.DeniedOnError;
}
