namespace AuthzCluster.Client;

/// <summary>A call failed. Kinds that callers tell apart have classes of their own; of the others <see cref="Code"/> tells.</summary>
public class AuthzException : InvalidOperationException
{
    /// <summary>Of a failure.</summary>
    public AuthzException(AuthzFailure failure)
        : base(failure?.Message, failure?.Cause)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>The API's code, such as <c>role_not_found</c>.</summary>
    public string Code => Failure.Code;

    /// <summary>The HTTP status that came, over Orleans that of the code; null: no answer came.</summary>
    public int? Status => Failure.Status;

    /// <summary>The request's id in the server's log and audit records; null: no answer came.</summary>
    public string? RequestId => Failure.RequestId;

    /// <summary>What is wrong with the input: field to messages. Empty for other kinds.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields => Failure.Fields;

    /// <summary>What a write was sent under; sent again under the same it is done once. Null of reads.</summary>
    public string? IdempotencyKey => Failure.IdempotencyKey;

    /// <summary>All that is known.</summary>
    public AuthzFailure Failure { get; }

    /// <summary>The exception of a failure's code.</summary>
    public static AuthzException Of(AuthzFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Code switch
        {
            "validation_failed" => new ValidationFailedException(failure),
            "unauthenticated" => new UnauthenticatedException(failure),
            "forbidden" => new ForbiddenException(failure),
            "feature_not_available" => new FeatureNotAvailableException(failure),
            "role_not_found" => new RoleNotFoundException(failure),
            "assignment_not_found" => new AssignmentNotFoundException(failure),
            "tenant_not_found" => new TenantNotFoundException(failure),
            "policy_not_found" => new PolicyNotFoundException(failure),
            "not_found" or "request_not_found" => new NotFoundException(failure),
            "role_already_exists" => new RoleAlreadyExistsException(failure),
            "role_conflict" => new RoleConflictException(failure),
            "role_in_use" => new RoleInUseException(failure),
            "circular_hierarchy" or "hierarchy_too_deep" or "level_inconsistent" or "parent_inactive" => new HierarchyException(failure),
            "system_role_protected" => new SystemRoleProtectedException(failure),
            "version_conflict" or "precondition_failed" => new VersionConflictException(failure),
            "invalid_state" => new InvalidStateException(failure),
            "rate_limited" => new RateLimitedException(failure),
            AuthzFailure.DeadlineExceeded => new DeadlineExceededException(failure),
            AuthzFailure.Unavailable => new UnavailableException(failure),
            _ => new AuthzException(failure),
        };
    }
}
