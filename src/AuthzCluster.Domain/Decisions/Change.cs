namespace AuthzCluster.Domain.Decisions;

/// <summary>One thing in the way, and what the state is without it.</summary>
/// <param name="Obstacle">What is told of it.</param>
/// <param name="Apply">Takes it out of the way.</param>
internal sealed record Change(Obstacle Obstacle, Func<WhatIf, WhatIf> Apply)
{
    /// <summary>What it counts for among as many: to mend what was given, what a policy would give, to drop a denial, to give a role more, to give a grant more.</summary>
    public int Rank => Obstacle.Kind switch
    {
        ObstacleKind.MissingGrant => 4,
        ObstacleKind.MissingPermission => 3,
        ObstacleKind.Policy => 2,
        _ => Obstacle.Policy is null ? 0 : 1,
    };
}
