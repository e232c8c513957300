using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>The table of leases, as one process reaches it.</summary>
internal class SimLeases(SimProcess process, Wire wire, Database database) : ILeaseTable
{
    protected SimProcess Process => process;

    protected MemoryLeases Table => database.Leases;

    public virtual async ValueTask InsertAsync(Guid id, string node, TimeSpan duration) =>
        await CallAsync("insert", () => Done(Table.InsertAsync(id, node, duration))).ConfigureAwait(false);

    public virtual async ValueTask<bool> IsHeldAsync(Guid id) => await CallAsync("renew", () => Table.IsHeldAsync(id).Result).ConfigureAwait(false);

    public virtual async ValueTask<IReadOnlyList<LeaseRow>> ListAsync() => await CallAsync("list", () => new Rows(Table.ListAsync().Result)).ConfigureAwait(false);

    public virtual async ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own) =>
        await CallAsync("fence", () => Table.FenceAsync(id, own).Result).ConfigureAwait(false);

    public virtual async ValueTask DropAsync(Guid id) => await CallAsync("drop", () => Done(Table.DropAsync(id))).ConfigureAwait(false);

    public virtual async ValueTask LeaveAsync(Guid id) => await CallAsync("leave", () => Done(Table.LeaveAsync(id))).ConfigureAwait(false);

    protected Task<T> CallAsync<T>(string name, Func<T> work) => wire.CallAsync(process, null, name, work);

    private static bool Done(ValueTask done) => done.IsCompletedSuccessfully;

    private sealed class Rows(IReadOnlyList<LeaseRow> rows) : List<LeaseRow>(rows)
    {
        public override string ToString() => string.Join(", ", this.Select(row => row.Node + (row.IsFenced ? " fenced" : "")));
    }
}
