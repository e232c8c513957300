namespace AuthzCluster.Domain.Requests;

/// <summary>Where a request is. Stored: never renumber.</summary>
public enum RequestStatus : byte
{
    /// <summary>Nobody has decided, or not enough have approved.</summary>
    Pending = 0,

    /// <summary>Enough have approved, and the role was given.</summary>
    Approved = 1,

    /// <summary>An approver declined it.</summary>
    Rejected = 2,

    /// <summary>Who asked took it back, or the role went away.</summary>
    Cancelled = 3,

    /// <summary>Nobody decided in time.</summary>
    Expired = 4,
}
