namespace AuthzCluster.Actors.Finality;

/// <summary>
/// A node's leave to answer from memory, until a moment of this process's monotonic clock. It is held, lapses and is held again; once
/// ended it is never held again: then the node takes another.
/// </summary>
public sealed class NodeLease
{
    private const long Ended = long.MinValue;

    private readonly TimeProvider? _time;
    private long _until;

    private NodeLease(Guid id, TimeProvider? time, long until) => (Id, _time, _until) = (id, time, until);

    /// <summary>A lease that is not held until it is extended.</summary>
    /// <param name="id">Its name, the same in storage.</param>
    /// <param name="time">Whose timestamps are meant.</param>
    public NodeLease(Guid id, TimeProvider time)
        : this(id, time, Ended + 1)
    {
    }

    /// <summary>That of a node that is alone: always held.</summary>
    public static NodeLease Always { get; } = new(Guid.Empty, null, long.MaxValue);

    /// <summary>Its name.</summary>
    public Guid Id { get; }

    /// <summary>Whether it is held now.</summary>
    public bool IsHeld => _time is null || _time.GetTimestamp() < Volatile.Read(ref _until);

    /// <summary>Whether it will never be held again.</summary>
    public bool IsEnded => Volatile.Read(ref _until) == Ended;

    /// <summary>Holds it until before <paramref name="timestamp"/>; never for less than before, nor when it is ended.</summary>
    public void ExtendTo(long timestamp)
    {
        long until;
        do
        {
            until = Volatile.Read(ref _until);
        }
        while (until != Ended && timestamp > until && Interlocked.CompareExchange(ref _until, timestamp, until) != until);
    }

    /// <summary>Ends it.</summary>
    public void End() => Volatile.Write(ref _until, Ended);
}
