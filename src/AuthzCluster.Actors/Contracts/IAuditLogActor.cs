using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Contracts;

/// <summary>The single writer of a tenant's audit log.</summary>
public interface IAuditLogActor
{
    /// <summary>Takes all that waits in the outbox into the log, in order. Answers how many records it appended.</summary>
    Task<Result<int>> DrainAsync();
}
