using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>Where the audit log is kept, beside the actors' states. Any method may throw <see cref="StoreUnavailableException"/>.</summary>
public interface IAuditStore
{
    /// <summary>A list ends behind the record with which its payloads come to so many bytes: there may be more.</summary>
    const int PageBytes = 4 << 20;

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

    /// <summary>Records that match, newest first: at most as many as the query says, fewer than match where they are large, none only where there are none. With the hashes of those before them.</summary>
    ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query);

    /// <summary>Records from a sequence (inclusive) upwards.</summary>
    ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit);

    /// <summary>The same of which no more is read than verification needs: at most <paramref name="limit"/>, fewer where they are large, none only where there are none.</summary>
    ValueTask<IReadOnlyList<StoredLink>> ReadChainAsync(TenantId tenant, long sequence, int limit);

    /// <summary>How much waits in the outbox, of each tenant that has any.</summary>
    ValueTask<IReadOnlyList<AuditBacklog>> ReadBacklogAsync();
}
