using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Testing;

/// <summary>The table of leases for the nodes of one process, which share this object.</summary>
public sealed class MemoryLeases : ILeaseTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LeaseRow> _rows = [];

    /// <inheritdoc/>
    public ValueTask InsertAsync(Guid id, string node, TimeSpan duration)
    {
        lock (_lock)
        {
            foreach (var row in _rows.Values.Where(row => row.Node == node).ToList())
            {
                _rows.Remove(row.Id);
            }
            _rows.Add(id, new LeaseRow(id, node, IsFenced: false, duration));
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsHeldAsync(Guid id)
    {
        lock (_lock)
        {
            return new(IsHeld(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeaseRow>> ListAsync()
    {
        lock (_lock)
        {
            return new([.. _rows.Values]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own)
    {
        lock (_lock)
        {
            if (!IsHeld(id))
            {
                return new(FenceOutcome.WasNotHeld);
            }
            if (!IsHeld(own))
            {
                return new(FenceOutcome.OwnLost);
            }
            _rows[id] = _rows[id] with { IsFenced = true };
            return new(FenceOutcome.Fenced);
        }
    }

    /// <inheritdoc/>
    public ValueTask DropAsync(Guid id)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(id, out var row) && row.IsFenced)
            {
                _rows.Remove(id);
            }
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask LeaveAsync(Guid id)
    {
        lock (_lock)
        {
            _rows.Remove(id);
        }
        return ValueTask.CompletedTask;
    }

    private bool IsHeld(Guid id) => _rows.TryGetValue(id, out var row) && !row.IsFenced;
}
