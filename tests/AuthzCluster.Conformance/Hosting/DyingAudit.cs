using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Conformance.Hosting;

/// <summary>The audit log of a process that can die: then nothing reaches it either.</summary>
public sealed class DyingAudit(IAuditStore inner, StoreProbe process) : IAuditStore
{
    public ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync() => Alive().ReadPendingTenantsAsync();

    public ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit) => Alive().ReadOutboxAsync(tenant, limit);

    public ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant) => Alive().ReadLastAsync(tenant);

    public ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions) =>
        Alive().AppendAsync(tenant, records, positions);

    public ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query) => Alive().ListAsync(tenant, query);

    public ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit) =>
        Alive().ReadFromAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<StoredLink>> ReadChainAsync(TenantId tenant, long sequence, int limit) => Alive().ReadChainAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<AuditBacklog>> ReadBacklogAsync() => Alive().ReadBacklogAsync();

    private IAuditStore Alive() => process.IsDead ? throw new StoreUnavailableException("the process is gone", isOutcomeKnown: true) : inner;
}
