using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Actors.Contracts;

/// <summary>The single writer of a tenant's audit log.</summary>
public interface IAuditLogActor
{
    /// <summary>Takes all that waits in the outbox into the log, in order. Answers how many records it appended.</summary>
    Task<Result<int>> DrainAsync();

    /// <summary>Appends a record that no change brings along, behind all that waits.</summary>
    Task<Result<bool>> RecordAsync(AuditEntry entry, Caller caller);
}
