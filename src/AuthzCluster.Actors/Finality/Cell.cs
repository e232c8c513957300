using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Finality;

/// <summary>
/// What this node has of one actor's stored state, and answers from: one immutable object with its revision and the lease that was held
/// before its read or its commit was sent. It counts while that lease is held and nothing newer was announced. For any thread.
/// </summary>
/// <typeparam name="T">Immutable.</typeparam>
/// <param name="key">The actor.</param>
/// <param name="table">The node's cells.</param>
public class Cell<T>(ActorKey key, CellTable table) : ICell
    where T : class
{
    private readonly Lock _gate = new();

    // Those under way, each leading to the next. There are one or two, and a million cells.
    private CellLoad? _loads;
    private volatile Copy? _copy;
    private bool _isEntered;
    private volatile bool _isClosed;

    /// <inheritdoc/>
    public ActorKey Key => key;

    /// <summary>The node's cells.</summary>
    public CellTable Table => table;

    /// <summary>Whether it was closed, so that it never has anything again.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>What may be answered from now; null: to be read. The object is taken once, then its lease is looked at.</summary>
    public T? Current => _copy is { } copy && copy.Lease.IsHeld ? copy.Value : null;

    /// <summary>What may be answered from now, read first where this kind of cell can do that; null: there is nothing to answer from.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read, or the node holds no lease.</exception>
    public virtual ValueTask<T?> LoadAsync() => new(Current);

    /// <summary>Whether it still has this very object, wherever the lease stands.</summary>
    public bool Has(T? value) => value is not null && ReferenceEquals(_copy?.Value, value);

    /// <summary>Before a read or a commit is sent whose outcome is to be taken. Ended by <see cref="TryTake"/> or <see cref="Abandon"/>.</summary>
    /// <exception cref="StoreUnavailableException">The node holds no lease, or the cell is closed: nothing was done.</exception>
    public CellLoad Begin()
    {
        var lease = table.HeldLease() ?? throw new NoLeaseException();
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new StoreUnavailableException("this node lets go of it", isOutcomeKnown: true);
            }
            // In the table before anything is read: what is announced from here on comes here.
            if (!_isEntered)
            {
                table.Enter(this);
                _isEntered = true;
            }
            return _loads = new CellLoad(lease) { Next = _loads };
        }
    }

    /// <summary>Takes what was read or committed. False: something newer was announced or taken meanwhile; it is to be read again.</summary>
    public bool TryTake(CellLoad load, T value, long revision)
    {
        lock (_gate)
        {
            if (!Remove(load) || _isClosed || load.Lease.IsEnded || revision < load.Floor)
            {
                return false;
            }
            if (_copy is { } copy && copy.Revision > revision && !copy.Lease.IsEnded)
            {
                // Another read was faster; or what was stored is gone, and revisions begin anew. The next read tells.
                _copy = null;
                return false;
            }
            _copy = new Copy(value, revision, load.Lease);
            return true;
        }
    }

    /// <summary>Nothing comes of a read or a commit; or it was taken already.</summary>
    public void Abandon(CellLoad load)
    {
        lock (_gate)
        {
            Remove(load);
        }
    }

    /// <inheritdoc/>
    public void Raise(long revision)
    {
        lock (_gate)
        {
            for (var load = _loads; load is not null; load = load.Next)
            {
                load.Floor = Math.Max(load.Floor, revision);
            }
            if (_copy is { } copy && copy.Revision < revision)
            {
                _copy = null;
            }
        }
    }

    /// <summary>Lets go of what it has, for ever.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _copy = null;
            _loads = null;
            if (_isEntered)
            {
                table.Leave(this);
                _isEntered = false;
            }
        }
    }

    private bool Remove(CellLoad load)
    {
        if (_loads == load)
        {
            _loads = load.Next;
            return true;
        }
        for (var before = _loads; before is not null; before = before.Next)
        {
            if (before.Next == load)
            {
                before.Next = load.Next;
                return true;
            }
        }
        return false;
    }

    private sealed record Copy(T Value, long Revision, NodeLease Lease);
}
