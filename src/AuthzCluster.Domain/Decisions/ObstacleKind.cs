namespace AuthzCluster.Domain.Decisions;

/// <summary>What stands in the way of an allow.</summary>
public enum ObstacleKind : byte
{
    /// <summary>Nothing that the subject was given is near: it needs a grant of its own.</summary>
    MissingGrant,
    /// <summary>The role that it has does not give the permission.</summary>
    MissingPermission,
    /// <summary>The grant has expired.</summary>
    ExpiredGrant,
    /// <summary>The grant has not started.</summary>
    UnstartedGrant,
    /// <summary>The grant is switched off.</summary>
    SuspendedGrant,
    /// <summary>The role is inactive.</summary>
    InactiveRole,
    /// <summary>A key of the grant's scope differs from the question.</summary>
    Scope,
    /// <summary>A condition of the grant, of an edge above its role, or of a policy that would allow, does not hold.</summary>
    Condition,
    /// <summary>The permission covers what the subject owns, and this is somebody else's.</summary>
    NotOwner,
    /// <summary>The permission covers what the subject's teams or customer own, and this is neither's.</summary>
    NotInScope,
    /// <summary>A policy denies.</summary>
    Policy,
    /// <summary>A policy that would allow is switched off.</summary>
    InactivePolicy,
}
