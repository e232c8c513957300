namespace AuthzCluster.Domain.Decisions;

/// <summary>What became of one assignment on the way to a decision.</summary>
public enum TraceOutcome : byte
{
    /// <summary>It counts and covers.</summary>
    Granted,
    /// <summary>It has not started.</summary>
    NotStarted,
    /// <summary>Its time is over.</summary>
    Expired,
    /// <summary>It is switched off.</summary>
    Suspended,
    /// <summary>Its role is inactive.</summary>
    RoleInactive,
    /// <summary>Its role is no more.</summary>
    RoleMissing,
    /// <summary>Its role gives nothing that covers the question.</summary>
    NotCovered,
    /// <summary>A key of its scope differs from the request.</summary>
    ScopeMismatch,
    /// <summary>A condition does not hold.</summary>
    ConditionNotMet,
    /// <summary>A condition could not be evaluated; it counts as not holding.</summary>
    ConditionError,
    /// <summary>It covers what the subject owns, and this is somebody else's.</summary>
    NotOwner,
    /// <summary>It covers what the subject's teams or customer own, and this is neither's.</summary>
    NotInScope,
}
