using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Vault;

/// <summary>
/// A store of which what can hold policies, conditions or secrets is sealed: the states that <see cref="VaultPlaces.HoldsSecrets"/> names, answers to requests, what waits for
/// the audit log. Audit records come sealed, for their hashes are over what is stored. What was stored in clear is read as it is, and sealed when it is written next.
/// </summary>
/// <param name="states">Where it is kept.</param>
/// <param name="audit">Where audit records are kept.</param>
/// <param name="vault">Seals.</param>
/// <param name="faults">Is told what does not open.</param>
internal sealed class SealedStore(IActorStore states, IAuditStore audit, IVault vault, IFaultLog faults) : IActorStore, IAuditStore
{
    private readonly UsedKeys _used = new(states, vault);

    public async ValueTask<StoredState?> ReadAsync(ActorKey key) => await states.ReadAsync(key).ConfigureAwait(false) is { } stored ? Opened(stored) : null;

    public async ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys) =>
        [.. (await states.ReadManyAsync(keys).ConfigureAwait(false)).Select(Opened)];

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        Commit stored;
        while (!IsKnown(stored = Sealed(commit)))
        {
            await _used.NoteAsync().ConfigureAwait(false);
        }
        return await states.CommitAsync(stored).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit) =>
        states.ReadIndexAsync(tenant, index, key, after, limit);

    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now) => states.CountIndexAsync(tenant, index, keys, now);

    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit) => states.ReadDueAsync(now, limit);

    public async ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id) =>
        await states.ReadRequestAsync(tenant, id).ConfigureAwait(false) is { } mark ? Opened(mark) : null;

    public async ValueTask<RequestMark> KeepRequestAsync(RequestMark mark)
    {
        RequestMark stored;
        while (!_used.Knows((stored = Sealed(mark)).Answer))
        {
            await _used.NoteAsync().ConfigureAwait(false);
        }
        return Opened(await states.KeepRequestAsync(stored).ConfigureAwait(false));
    }

    public ValueTask<int> PurgeRequestsAsync(DateTimeOffset until, int limit) => states.PurgeRequestsAsync(until, limit);

    public ValueTask PurgeAsync(TenantId tenant) => states.PurgeAsync(tenant);

    public ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync() => audit.ReadPendingTenantsAsync();

    public async ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit) =>
        [.. (await audit.ReadOutboxAsync(tenant, limit).ConfigureAwait(false)).Select(row => row with { Payload = Open(VaultPlaces.Outbox(tenant), row.Payload) })];

    public ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant) => audit.ReadLastAsync(tenant);

    public async ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions)
    {
        if (!records.All(record => _used.Knows(record.Payload)))
        {
            await _used.NoteAsync().ConfigureAwait(false);
        }
        return await audit.AppendAsync(tenant, records, positions).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query) => audit.ListAsync(tenant, query);

    public ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit) => audit.ReadFromAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<StoredLink>> ReadChainAsync(TenantId tenant, long sequence, int limit) => audit.ReadChainAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<AuditBacklog>> ReadBacklogAsync() => audit.ReadBacklogAsync();

    private Commit Sealed(Commit commit) => commit with
    {
        // An empty state is a mark, and tells nothing.
        State = commit.State is { Length: > 0 } state && VaultPlaces.HoldsSecrets(commit.Key) ? vault.Seal(VaultPlaces.State(commit.Key), state) : commit.State,
        Outbox = commit.Outbox.Count == 0 ? commit.Outbox : [.. commit.Outbox.Select(row => row with { Payload = vault.Seal(VaultPlaces.Outbox(row.Tenant), row.Payload) })],
        Request = commit.Request is { } mark ? Sealed(mark) : null,
    };

    private RequestMark Sealed(RequestMark mark) => mark with { Answer = vault.Seal(VaultPlaces.Answer(mark.Tenant, mark.Id), mark.Answer) };

    // A key that is due seals from one moment to the next: each part is looked at.
    private bool IsKnown(Commit commit) => _used.Knows(commit.State) && _used.Knows(commit.Request?.Answer) && commit.Outbox.All(row => _used.Knows(row.Payload));

    private StoredState Opened(StoredState stored) => stored with { State = Open(VaultPlaces.State(stored.Key), stored.State) };

    private RequestMark Opened(RequestMark mark) => mark with { Answer = Open(VaultPlaces.Answer(mark.Tenant, mark.Id), mark.Answer) };

    private byte[] Open(string place, byte[] stored)
    {
        try
        {
            return vault.Open(place, stored);
        }
        catch (VaultException e)
        {
            faults.Report(place, e);
            throw;
        }
    }
}
