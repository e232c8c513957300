using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>The audit logs, by way of any silo.</summary>
internal sealed class ClusterAuditTrail(ClusterCaller calls) : IAuditTrail
{
    public Task<Result<Page<AuditRecord>>> ListAsync(TenantId tenant, AuditQuery query) =>
        calls.ReadAsync<IAuditTrailGrain, Page<AuditRecord>>(grain => grain.ListAsync(tenant, query), calls.Options.ListDeadline);

    public Task<Result<bool>> RecordAsync(TenantId tenant, AuditEntry entry, Caller caller) =>
        calls.WriteAsync<IAuditTrailGrain, bool>(tenant, caller, (grain, named) => grain.RecordAsync(tenant, entry, named));
}
