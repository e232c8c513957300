using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>The answer to an <see cref="AccessRequest"/>, with what decided it. Holds references only: making one allocates nothing.</summary>
public readonly record struct Decision
{
    /// <summary>Whether the subject may.</summary>
    public bool IsAllowed => Reason is DecisionReason.Granted or DecisionReason.GrantedByPolicy;

    /// <summary>Why.</summary>
    public required DecisionReason Reason { get; init; }

    /// <summary>The permission that covered, of a grant or of the policy; null when denied.</summary>
    public Permission? MatchedPermission { get; init; }

    /// <summary>The name of the assigned role that gave it: of several the one of the highest level, then by name. Null when denied, and where a policy gave it.</summary>
    public string? MatchedRole { get; init; }

    /// <summary>The id of the assignment that gave it; null when denied, and where a policy gave it.</summary>
    public string? MatchedAssignment { get; init; }

    /// <summary>The id of the policy that decided, whether it allowed or denied; null: none did.</summary>
    public string? MatchedPolicy { get; init; }

    /// <summary>An instant before which time alone cannot change <see cref="IsAllowed"/>; null: never.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The revision of the tenant's model that was read.</summary>
    public long ModelRevision { get; init; }

    /// <summary>The revision of the subject's grants that was read; 0: nothing stored.</summary>
    public long SubjectRevision { get; init; }
}
