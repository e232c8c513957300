using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>One thing in the way of an allow.</summary>
/// <param name="Kind">What it is.</param>
public sealed record Obstacle(ObstacleKind Kind)
{
    /// <summary>The id of the assignment in question; null: none.</summary>
    public string? Assignment { get; init; }

    /// <summary>Its role's name, or that of the role above it that is inactive or whose edge has the condition; null: none.</summary>
    public string? Role { get; init; }

    /// <summary>The team through which the subject has it; null: the subject's own.</summary>
    public string? Team { get; init; }

    /// <summary>The permission that is missing, or that does not reach so far; null: it is about something else.</summary>
    public Permission? Permission { get; init; }

    /// <summary>The id of the policy; null: it is about something else.</summary>
    public string? Policy { get; init; }

    /// <summary>The scope key, the instant, or the place of the condition; null where there is nothing to add.</summary>
    public string? Detail { get; init; }
}
