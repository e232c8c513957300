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

    /// <summary>
    /// Verifies the log behind a place, over the bytes that are stored: a stretch of it in one call. Whoever wants more goes on at
    /// <see cref="AuditStretch.End"/>. A <see cref="AuditMark.Hash"/> that is given is verified first.
    /// </summary>
    Task<Result<AuditStretch>> VerifyAsync(TenantId tenant, AuditMark from);

    /// <summary>Says how far the log has come, signed.</summary>
    Task<Result<AuditCheckpoint>> CheckpointAsync(TenantId tenant);

    /// <summary>Reads a signed checkpoint; <see cref="ErrorCode.ValidationFailed"/>: it is none of this tenant, or was not signed by a key of this installation.</summary>
    Task<Result<AuditCheckpoint>> OpenCheckpointAsync(TenantId tenant, string signed);

    /// <summary>The public halves of all keys that ever signed a checkpoint, oldest first.</summary>
    Task<Result<IReadOnlyList<SigningKey>>> ListSigningKeysAsync();
}
