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

    public Task<Result<AuditStretch>> VerifyAsync(TenantId tenant, AuditMark from) =>
        calls.ReadAsync<IAuditTrailGrain, AuditStretch>(grain => grain.VerifyAsync(tenant, from), calls.Options.ListDeadline);

    public Task<Result<AuditCheckpoint>> CheckpointAsync(TenantId tenant) =>
        calls.ReadAsync<IAuditTrailGrain, AuditCheckpoint>(grain => grain.CheckpointAsync(tenant));

    public Task<Result<AuditCheckpoint>> OpenCheckpointAsync(TenantId tenant, string signed) =>
        calls.ReadAsync<IAuditTrailGrain, AuditCheckpoint>(grain => grain.OpenCheckpointAsync(tenant, signed));

    public Task<Result<IReadOnlyList<SigningKey>>> ListSigningKeysAsync() =>
        calls.ReadAsync<IAuditTrailGrain, IReadOnlyList<SigningKey>>(grain => grain.ListSigningKeysAsync());
}
