namespace AuthzCluster.Client;

/// <summary>
/// One policy that was looked at on the way to a decision. To a caller who may not read policies it is told which they are and which of them decided: all else is
/// null or empty then.
/// </summary>
public sealed record PolicyStep
{
    /// <summary>The policy, by id.</summary>
    public required string Policy { get; init; }

    /// <summary>Whether it decided; then it is the last.</summary>
    public required bool Decided { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What it does where it decides.</summary>
    public PolicyEffect? Effect { get; init; }

    /// <summary>The higher is asked first.</summary>
    public int? Priority { get; init; }

    /// <summary>The role that it is attached to, by id; null: it is the tenant's.</summary>
    public string? Role { get; init; }

    /// <summary>What came of it, as a code such as <c>condition_not_met</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Whether its resources, actions and principals match, and its role counts for the subject.</summary>
    public bool? MatchesTarget { get; init; }

    /// <summary>What each of its conditions came to; empty where its target does not match.</summary>
    public IReadOnlyList<ConditionStep> Conditions { get; init; } = [];
}
