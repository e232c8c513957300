using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>The audit log of each tenant. A record is there when the change it tells of is acknowledged.</summary>
public interface IAuditTrail
{
    /// <summary>Lists records; <see cref="Page{T}.Next"/> is the sequence to pass as <see cref="AuditQuery.Before"/>.</summary>
    Task<Result<Page<AuditRecord>>> ListAsync(TenantId tenant, AuditQuery query);

    /// <summary>Records what changed nothing, such as a refused attempt. It is durable when this completes.</summary>
    Task<Result<bool>> RecordAsync(TenantId tenant, AuditEntry entry, Caller caller);
}
