using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Finality;

/// <summary>
/// The table of leases, the same for all nodes and linearizable: what is called after another call has returned sees what that one did. Each call gives
/// up by itself after a few seconds. All throw <see cref="StoreUnavailableException"/> where the table cannot be asked.
/// </summary>
public interface ILeaseTable
{
    /// <summary>Adds the row of a new lease, unfenced, and removes all others of the same node, at once.</summary>
    /// <param name="id">One that was never used, by a call that failed neither: that may yet be done, after the row was fenced and dropped.</param>
    /// <param name="node">The process that holds it, as messages find it; of another process after a restart.</param>
    /// <param name="duration">How long it counts after a read of its row, whole milliseconds: whoever fences it has to wait for this.</param>
    ValueTask InsertAsync(Guid id, string node, TimeSpan duration);

    /// <summary>Whether the row is there and unfenced.</summary>
    ValueTask<bool> IsHeldAsync(Guid id);

    /// <summary>All rows, those that are fenced included.</summary>
    ValueTask<IReadOnlyList<LeaseRow>> ListAsync();

    /// <summary>Fences a row, if the fencer's own is there and unfenced at that moment: of two that fence each other one wins.</summary>
    /// <param name="id">The row to fence.</param>
    /// <param name="own">The row of who fences.</param>
    ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own);

    /// <summary>Removes a row if it is fenced. Only for who has waited until nothing is answered under it any more.</summary>
    ValueTask DropAsync(Guid id);

    /// <summary>Removes a row. Only for who holds it, after its end.</summary>
    ValueTask LeaveAsync(Guid id);
}
