using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.TestingHost.Storage;

/// <summary>The actors' states as one silo reaches them, until it <paramref name="isCut"/>, with the faults that a test asks for.</summary>
internal sealed class SiloStates(IActorStore inner, WriteFaults faults, Func<bool> isCut) : IActorStore
{
    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        var fault = faults.Take(commit);
        if (fault == WriteFault.NotDone)
        {
            throw new StoreUnavailableException("the test asked for a failed write", isOutcomeKnown: true);
        }
        var outcome = await Reached().CommitAsync(commit).ConfigureAwait(false);
        if (isCut())
        {
            // It was killed while its commit was under way, and does not learn what became of it.
            throw SiloStorage.Killed(isOutcomeKnown: false);
        }
        return fault is null ? outcome : throw new StoreUnavailableException("the test asked for a write that nobody learns of", isOutcomeKnown: false);
    }

    public ValueTask<StoredState?> ReadAsync(ActorKey key) => Reached().ReadAsync(key);

    public ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys) => Reached().ReadManyAsync(keys);

    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit) =>
        Reached().ReadIndexAsync(tenant, index, key, after, limit);

    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now) =>
        Reached().CountIndexAsync(tenant, index, keys, now);

    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit) => Reached().ReadDueAsync(now, limit);

    public ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id) => Reached().ReadRequestAsync(tenant, id);

    public ValueTask<RequestMark> KeepRequestAsync(RequestMark mark) => Reached().KeepRequestAsync(mark);

    public ValueTask<int> PurgeRequestsAsync(DateTimeOffset before, int limit) => Reached().PurgeRequestsAsync(before, limit);

    public ValueTask PurgeAsync(TenantId tenant) => Reached().PurgeAsync(tenant);

    private IActorStore Reached() => isCut() ? throw SiloStorage.Killed(isOutcomeKnown: true) : inner;
}
