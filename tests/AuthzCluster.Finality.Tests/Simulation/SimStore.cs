using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>The database's states, as one process reaches them; of the port what single writers use.</summary>
internal class SimStore(SimProcess process, Wire wire, Database database) : IActorStore
{
    protected SimProcess Process => process;

    public virtual async ValueTask<StoredState?> ReadAsync(ActorKey key) => await wire.CallAsync(process, null, "read", () => database.Read(key)).ConfigureAwait(false);

    public virtual async ValueTask<CommitOutcome> CommitAsync(Commit commit) =>
        await wire.CallAsync(process, null, "commit", () => database.Commit(commit)).ConfigureAwait(false);

    public virtual async ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id) =>
        await wire.CallAsync(process, null, "request", () => database.Request(id)).ConfigureAwait(false);

    public virtual async ValueTask<RequestMark> KeepRequestAsync(RequestMark mark) =>
        await wire.CallAsync(process, null, "keep", () => database.Keep(mark)).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit) => throw new NotSupportedException();

    public ValueTask<int> PurgeRequestsAsync(DateTimeOffset until, int limit) => throw new NotSupportedException();

    public ValueTask PurgeAsync(TenantId tenant) => throw new NotSupportedException();
}
