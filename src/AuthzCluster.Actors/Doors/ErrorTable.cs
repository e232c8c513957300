using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Doors;

/// <summary>The HTTP status, the code and the title of each refusal, for all doors. The one place where they are given.</summary>
public static class ErrorTable
{
    /// <summary>Those of one kind.</summary>
    public static (int Status, string Code, string Title) Of(ErrorCode code) => code switch
    {
        ErrorCode.ValidationFailed => (400, "validation_failed", "Validation failed"),
        ErrorCode.NotFound => (404, "not_found", "Not found"),
        ErrorCode.RoleNotFound => (404, "role_not_found", "Role not found"),
        ErrorCode.AssignmentNotFound => (404, "assignment_not_found", "Assignment not found"),
        ErrorCode.PolicyNotFound => (404, "policy_not_found", "Policy not found"),
        ErrorCode.RequestNotFound => (404, "request_not_found", "Request not found"),
        ErrorCode.TenantNotFound => (404, "tenant_not_found", "Tenant not found"),
        ErrorCode.RoleAlreadyExists => (409, "role_already_exists", "Role already exists"),
        ErrorCode.RoleInUse => (409, "role_in_use", "Role in use"),
        ErrorCode.CircularHierarchy => (409, "circular_hierarchy", "Circular hierarchy"),
        ErrorCode.HierarchyTooDeep => (409, "hierarchy_too_deep", "Hierarchy too deep"),
        ErrorCode.LevelInconsistent => (409, "level_inconsistent", "Level inconsistent"),
        ErrorCode.ParentInactive => (409, "parent_inactive", "Parent inactive"),
        ErrorCode.SystemRoleProtected => (409, "system_role_protected", "System role protected"),
        ErrorCode.PreconditionFailed => (412, "precondition_failed", "Precondition failed"),
        ErrorCode.VersionConflict => (409, "version_conflict", "Version conflict"),
        ErrorCode.InvalidState => (409, "invalid_state", "Invalid state"),
        ErrorCode.Forbidden => (403, "forbidden", "Forbidden"),
        ErrorCode.FeatureNotAvailable => (403, "feature_not_available", "Feature not available"),
        ErrorCode.RoleConflict => (409, "role_conflict", "Separation of duty"),
        ErrorCode.PayloadTooLarge => (413, "payload_too_large", "Too large"),
        ErrorCode.RateLimited => (429, "rate_limited", "Rate limited"),
        ErrorCode.Unavailable => (503, "unavailable", "Unavailable"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "an error code without a status"),
    };
}
