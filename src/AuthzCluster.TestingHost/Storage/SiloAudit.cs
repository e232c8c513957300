using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.TestingHost.Storage;

/// <summary>The audit logs as one silo reaches them, until it <paramref name="isCut"/>.</summary>
internal sealed class SiloAudit(IAuditStore inner, Func<bool> isCut) : IAuditStore
{
    public ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync() => Reached().ReadPendingTenantsAsync();

    public ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit) => Reached().ReadOutboxAsync(tenant, limit);

    public ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant) => Reached().ReadLastAsync(tenant);

    public ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions) =>
        Reached().AppendAsync(tenant, records, positions);

    public ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query) => Reached().ListAsync(tenant, query);

    public ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit) =>
        Reached().ReadFromAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<StoredLink>> ReadChainAsync(TenantId tenant, long sequence, int limit) => Reached().ReadChainAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<AuditBacklog>> ReadBacklogAsync() => Reached().ReadBacklogAsync();

    private IAuditStore Reached() => isCut() ? throw SiloStorage.Killed(isOutcomeKnown: true) : inner;
}
