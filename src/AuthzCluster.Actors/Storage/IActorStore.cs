using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>
/// Where actors keep their state. Everything is ordinal and case-sensitive. Reads see every commit that was
/// acknowledged before they began. Any method may throw <see cref="StoreUnavailableException"/>.
/// </summary>
public interface IActorStore
{
    /// <summary>Reads an actor's state; null: nothing is stored.</summary>
    ValueTask<StoredState?> ReadAsync(ActorKey key);

    /// <summary>Reads many; those that nothing is stored of are left out. In no order.</summary>
    ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys);

    /// <summary>Commits one change; it is durable when this completes with <see cref="CommitOutcome.Committed"/>.</summary>
    ValueTask<CommitOutcome> CommitAsync(Commit commit);

    /// <summary>Rows of one key of an index in ordinal order of their members, after <paramref name="after"/> (exclusive).</summary>
    ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit);

    /// <summary>
    /// How many rows each of <paramref name="keys"/> of an index has whose instant is null or later than <paramref name="now"/>, in their order; for each in
    /// constant time but for those past.
    /// </summary>
    ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now);

    /// <summary>Rows of <see cref="IndexNames.Due"/> whose instant is not later than <paramref name="now"/>, earliest first.</summary>
    ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit);

    /// <summary>Reads the request that is kept under an id; null: none.</summary>
    ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id);

    /// <summary>Keeps a request by itself. The first one under an id wins: what is kept is answered.</summary>
    ValueTask<RequestMark> KeepRequestAsync(RequestMark mark);

    /// <summary>Removes requests that need be kept no longer than until an instant (exclusive), the oldest first, at most <paramref name="limit"/>; how many it were.</summary>
    ValueTask<int> PurgeRequestsAsync(DateTimeOffset until, int limit);

    /// <summary>
    /// Removes all states, index rows, due rows and requests of a tenant, in steps that may be repeated; the audit log and the
    /// outbox stay. The tenant's own key goes last.
    /// </summary>
    ValueTask PurgeAsync(TenantId tenant);
}
