using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>Where the audit log is kept, beside the actors' states. Any method may throw <see cref="StoreUnavailableException"/>.</summary>
public interface IAuditStore
{
    /// <summary>Tenants that have outbox rows.</summary>
    ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync();

    /// <summary>The oldest outbox rows of a tenant: at most <paramref name="limit"/>, fewer where they are large, none only where there are none.</summary>
    ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit);

    /// <summary>The newest record of a tenant; null: none.</summary>
    ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant);

    /// <summary>
    /// Appends records and removes the outbox rows they came from, in one transaction. False, and nothing changed,
    /// where the tenant's newest sequence is not the one before the first of <paramref name="records"/>, or where one of
    /// <paramref name="positions"/> is not among the tenant's rows: another took it up.
    /// </summary>
    ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions);

    /// <summary>Records that match, newest first.</summary>
    ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query);

    /// <summary>Records from a sequence (inclusive) upwards, for verification and hashing of the one before.</summary>
    ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit);
}
