using System.Collections.Concurrent;
using System.Collections.Immutable;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Finality;

/// <summary>The cells of this node, by the actor whose state they have, and the lease under which it answers. For any thread.</summary>
public class CellTable
{
    private readonly ConcurrentDictionary<ActorKey, ImmutableArray<ICell>> _cells = new();
    private volatile NodeLease? _lease;
    private long _refusals;

    /// <summary>The node's lease, held or lapsed; null: it has not taken one, or gave it back.</summary>
    public NodeLease? Lease
    {
        get => _lease;
        set => _lease = value;
    }

    /// <summary>How many questions were refused for want of a lease.</summary>
    public long Refusals => Volatile.Read(ref _refusals);

    /// <summary>The node's lease; null: it holds none now.</summary>
    public NodeLease? HeldLease() => _lease is { IsHeld: true } lease ? lease : null;

    /// <summary>A question was refused. It counts if that is for want of a lease.</summary>
    public void Refused()
    {
        if (HeldLease() is null)
        {
            Interlocked.Increment(ref _refusals);
        }
    }

    /// <summary>A cell that is told what is announced, from here on.</summary>
    public virtual void Enter(ICell cell) => _cells.AddOrUpdate(cell.Key, static (_, cell) => [cell], static (_, cells, cell) => cells.Add(cell), cell);

    /// <summary>A cell that need not be told any more.</summary>
    public void Leave(ICell cell)
    {
        while (_cells.TryGetValue(cell.Key, out var cells))
        {
            var rest = cells.Remove(cell);
            if (rest.IsEmpty ? _cells.TryRemove(new(cell.Key, cells)) : _cells.TryUpdate(cell.Key, rest, cells))
            {
                return;
            }
        }
    }

    /// <summary>Something was committed: no cell of it answers below this revision from here on.</summary>
    public virtual void Raise(ActorKey key, long revision)
    {
        if (_cells.TryGetValue(key, out var cells))
        {
            foreach (var cell in cells)
            {
                cell.Raise(revision);
            }
        }
    }

    /// <summary>All that is stored of a tenant goes: nothing that its cells have, or are reading, counts any more.</summary>
    public void RaiseAll(TenantId tenant)
    {
        foreach (var (key, cells) in _cells)
        {
            if (key.Tenant == tenant)
            {
                foreach (var cell in cells)
                {
                    cell.Raise(long.MaxValue);
                }
            }
        }
    }
}
