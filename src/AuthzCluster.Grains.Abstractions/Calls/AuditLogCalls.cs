using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>An audit log's writer, its lost calls as refusals.</summary>
internal sealed class AuditLogCalls(IAuditLogGrain grain) : IAuditLogActor
{
    public Task<Result<int>> DrainAsync() => grain.DrainAsync().ToRefusalAsync(Lost.LongPatience);

    public Task<Result<bool>> RecordAsync(AuditEntry entry, Caller caller) => grain.RecordAsync(entry, caller).ToRefusalAsync(Lost.LongPatience);
}
