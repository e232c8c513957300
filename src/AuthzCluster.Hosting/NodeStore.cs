using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Metrics;
using AuthzCluster.Hosting.Vault;

namespace AuthzCluster.Hosting;

/// <summary>
/// The store as the node's actors see it: there from the beginning, answering once it is open; tells who wants to know
/// that outbox rows were committed; remembers a commit that failed.
/// </summary>
internal sealed class NodeStore(Action<TenantId> onOutbox, Func<TenantId, bool> isFull, FaultLog faults, TimeProvider time) : IActorStore, IAuditStore, IVault
{
    /// <summary>What its faults are told as.</summary>
    public const string Name = "writing to storage";

    // A failure that no later commit disproved counts this long.
    private static readonly TimeSpan FailureCounts = TimeSpan.FromSeconds(30);

    private volatile Storage? _storage;
    private volatile Failure? _lastFailure;

    /// <summary>What keeps it from taking commits, as far as is known from the latest one; null: nothing.</summary>
    public string? WriteProblem =>
        _lastFailure is { } failure && time.GetElapsedTime(failure.At) < FailureCounts ? failure.Message : null;

    public void Open(IActorStore states, IAuditStore audit, IVault vault)
    {
        var store = new SealedStore(states, audit, vault, faults);
        _storage = new Storage(store, store, vault);
    }

    public void Close() => _storage = null;

    public ValueTask<StoredState?> ReadAsync(ActorKey key)
    {
        NodeMeter.Reads.Add(1);
        return States.ReadAsync(key);
    }

    public ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys) => States.ReadManyAsync(keys);

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        if (commit.Outbox.Count > 0 && isFull(commit.Outbox[0].Tenant))
        {
            throw new StoreUnavailableException("too much waits to be written to the audit log", isOutcomeKnown: true);
        }
        var begun = time.GetTimestamp();
        try
        {
            var outcome = await States.CommitAsync(commit).ConfigureAwait(false);
            NodeMeter.CommitDuration.Record(time.GetElapsedTime(begun).TotalSeconds);
            NodeMeter.Commits.Add(1, new KeyValuePair<string, object?>("outcome", outcome == CommitOutcome.Committed ? "committed" : "refused"));
            if (_lastFailure is not null)
            {
                _lastFailure = null;
                faults.Works(Name);
            }
            if (outcome == CommitOutcome.Committed && commit.Outbox.Count > 0)
            {
                onOutbox(commit.Outbox[0].Tenant);
            }
            return outcome;
        }
        catch (StoreUnavailableException exception)
        {
            NodeMeter.Commits.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
            _lastFailure = new Failure(exception.Message, time.GetTimestamp());
            faults.Report(Name, exception);
            throw;
        }
    }

    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit) =>
        States.ReadIndexAsync(tenant, index, key, after, limit);

    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now) =>
        States.CountIndexAsync(tenant, index, keys, now);

    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit) => States.ReadDueAsync(now, limit);

    public ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id) => States.ReadRequestAsync(tenant, id);

    public ValueTask<RequestMark> KeepRequestAsync(RequestMark mark) => States.KeepRequestAsync(mark);

    public ValueTask<int> PurgeRequestsAsync(DateTimeOffset before, int limit) => States.PurgeRequestsAsync(before, limit);

    public ValueTask PurgeAsync(TenantId tenant) => States.PurgeAsync(tenant);

    public ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync() => Audit.ReadPendingTenantsAsync();

    public ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit) => Audit.ReadOutboxAsync(tenant, limit);

    public ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant) => Audit.ReadLastAsync(tenant);

    public ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions) =>
        Audit.AppendAsync(tenant, records, positions);

    public ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query) => Audit.ListAsync(tenant, query);

    public ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit) =>
        Audit.ReadFromAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<StoredLink>> ReadChainAsync(TenantId tenant, long sequence, int limit) => Audit.ReadChainAsync(tenant, sequence, limit);

    public ValueTask<IReadOnlyList<AuditBacklog>> ReadBacklogAsync() => Audit.ReadBacklogAsync();

    public byte[] Seal(string place, byte[] bytes) => (_storage ?? throw Closed()).Vault.Seal(place, bytes);

    public byte[] Open(string place, byte[] stored) => (_storage ?? throw Closed()).Vault.Open(place, stored);

    private IActorStore States => (_storage ?? throw Closed()).States;

    private IAuditStore Audit => (_storage ?? throw Closed()).Audit;

    private static StoreUnavailableException Closed() => new("the store is not open", isOutcomeKnown: true);

    private sealed record Storage(IActorStore States, IAuditStore Audit, IVault Vault);

    private sealed record Failure(string Message, long At);
}
