using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded.Activation;

/// <summary>An audit log's slot.</summary>
internal sealed class AuditSlot(ActorDirectory directory, TenantId tenant, AuditLogActor actor)
    : Slot<AuditSlot, AuditLogActor>(actor), IAuditLogActor
{
    public Task<Result<int>> DrainAsync() => TurnAsync(writer => writer.DrainAsync());

    public Task<Result<bool>> RecordAsync(AuditEntry entry, Caller caller) => TurnAsync(writer => writer.RecordAsync(entry, caller));

    protected override AuditSlot Successor() => directory.AuditSlot(tenant);
}
