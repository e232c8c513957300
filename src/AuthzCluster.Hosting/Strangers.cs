using System.Collections.Concurrent;

namespace AuthzCluster.Hosting;

/// <summary>
/// Bounds the memory that subjects and entities take of which nothing is stored, however many are asked about: the latest
/// ones stay, as all that hold something do.
/// </summary>
public sealed class Strangers(int most)
{
    private readonly ConcurrentQueue<IStranger> _latest = new();
    private int _count;

    /// <summary>How many slots are remembered.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A slot was made; of what it is is not known yet. The one longest here goes, unless it holds something.</summary>
    public void Enter(IStranger slot)
    {
        _latest.Enqueue(slot);
        if (Interlocked.Increment(ref _count) > most && _latest.TryDequeue(out var oldest))
        {
            Interlocked.Decrement(ref _count);
            oldest.LeaveIfStranger();
        }
    }

    /// <summary>Forgets the slots that were closed: remembered, each would keep its whole tenant in memory.</summary>
    public void ForgetClosed()
    {
        for (var left = Count; left > 0 && _latest.TryDequeue(out var slot); left--)
        {
            if (slot.IsClosed)
            {
                Interlocked.Decrement(ref _count);
            }
            else
            {
                _latest.Enqueue(slot);
            }
        }
    }
}
