namespace AuthzCluster.Domain.Assignments;

/// <summary>Where an assignment is in its life at a given instant.</summary>
public enum AssignmentStatus : byte
{
    /// <summary>It counts now, where its scope and conditions hold.</summary>
    Active,
    /// <summary>It has not started.</summary>
    Scheduled,
    /// <summary>Switched off.</summary>
    Suspended,
    /// <summary>Its time is over.</summary>
    Expired,
    /// <summary>Taken back.</summary>
    Revoked,

    /// <summary>It was asked for, and is not approved: a request, no assignment.</summary>
    Pending,
}
