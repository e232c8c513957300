namespace AuthzCluster.Domain.Errors;

/// <summary>What kind of refusal an <see cref="AuthzError"/> is. The edge maps each to a status and a snake_case code.</summary>
public enum ErrorCode
{
    /// <summary>The input breaks a rule; <see cref="AuthzError.Fields"/> says where.</summary>
    ValidationFailed,
    /// <summary>No such thing, of a kind without a code of its own.</summary>
    NotFound,
    /// <summary>No such role.</summary>
    RoleNotFound,
    /// <summary>No such assignment.</summary>
    AssignmentNotFound,
    /// <summary>No such tenant.</summary>
    TenantNotFound,
    /// <summary>The name or id is taken.</summary>
    RoleAlreadyExists,
    /// <summary>The role has holders and the deletion was not forced.</summary>
    RoleInUse,
    /// <summary>The edge would make a role its own ancestor.</summary>
    CircularHierarchy,
    /// <summary>The edge would make a chain of more than ten roles.</summary>
    HierarchyTooDeep,
    /// <summary>A role's level would be below that of one it inherits from.</summary>
    LevelInconsistent,
    /// <summary>An inactive role cannot become a parent.</summary>
    ParentInactive,
    /// <summary>Built-in roles are neither modified nor deleted.</summary>
    SystemRoleProtected,
    /// <summary>The caller's version is not the current one (If-Match).</summary>
    PreconditionFailed,
    /// <summary>Another write won a race.</summary>
    VersionConflict,
    /// <summary>The thing exists, but not in a state that allows this.</summary>
    InvalidState,
    /// <summary>The caller may not.</summary>
    Forbidden,
    /// <summary>The tenant's edition lacks it.</summary>
    FeatureNotAvailable,
    /// <summary>The input is larger than its limit.</summary>
    PayloadTooLarge,
    /// <summary>Storage did not answer; the write was done wholly or not at all.</summary>
    Unavailable,
    /// <summary>The caller asks for too much at once.</summary>
    RateLimited,
    /// <summary>No such policy.</summary>
    PolicyNotFound,

    /// <summary>No such request for a role.</summary>
    RequestNotFound,

    /// <summary>Somebody would hold more of some roles than a constraint allows.</summary>
    RoleConflict,
}
