namespace AuthzCluster.Domain.Decisions;

/// <summary>Why a decision came out as it did. Of several misses the nearest is told.</summary>
public enum DecisionReason : byte
{
    /// <summary>A grant counts and covers.</summary>
    Granted,
    /// <summary>No assignment of the subject is in force.</summary>
    NoAssignment,
    /// <summary>Assignments are in force, none of them covers.</summary>
    PermissionNotGranted,
    /// <summary>A grant covers, but its scope or a condition does not hold.</summary>
    NotInScope,
    /// <summary>A grant covers what the subject owns, and this is somebody else's.</summary>
    NotOwner,
    /// <summary>No trustworthy answer can be given.</summary>
    Unavailable,
    /// <summary>No grant covers, but a policy's own permissions do.</summary>
    GrantedByPolicy,
    /// <summary>A policy denies.</summary>
    DeniedByPolicy,
    /// <summary>A condition of a denying policy could not be evaluated.</summary>
    PolicyError,
}
