namespace AuthzCluster.Domain.Decisions;

/// <summary>What became of one policy on the way to a decision.</summary>
public enum PolicyOutcome : byte
{
    /// <summary>It decided: what was granted is allowed.</summary>
    Allowed,
    /// <summary>It decided: its own permissions cover.</summary>
    Granted,
    /// <summary>It decided: denied.</summary>
    Denied,
    /// <summary>It decided: a condition of a denial could not be evaluated.</summary>
    DeniedOnError,
    /// <summary>It is about other actions or other principals.</summary>
    NotTargeted,
    /// <summary>It is attached to a role that does not count for the subject.</summary>
    RoleNotHeld,
    /// <summary>A condition does not hold.</summary>
    ConditionNotMet,
    /// <summary>A condition of an allow could not be evaluated; it counts as not holding.</summary>
    ConditionError,
    /// <summary>Nothing is granted, and its own permissions do not cover either.</summary>
    CoversNothing,
}
