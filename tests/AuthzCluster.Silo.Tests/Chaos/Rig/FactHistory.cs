namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>The latest writes of a fact, and so what it may have been when.</summary>
internal sealed class FactHistory
{
    private const int Kept = 256, Told = 8;

    private readonly Lock _gate = new();
    private readonly Queue<FactWrite> _writes = new();
    private bool _before;
    private long _beforeUntil;

    /// <summary>What the latest write makes it.</summary>
    public bool Latest { get; private set; }

    /// <summary>How many writes were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>A write is about to be sent.</summary>
    public FactWrite Begin(bool isSo)
    {
        lock (_gate)
        {
            var write = new FactWrite(isSo, Moment.Now);
            _writes.Enqueue(write);
            Latest = isSo;
            if (_writes.Count > Kept)
            {
                var old = _writes.Dequeue();
                (_before, _beforeUntil) = (old.IsSo, old.Acknowledged!.Value);
            }
            return write;
        }
    }

    /// <summary>It was answered; only the first answer counts.</summary>
    public bool Acknowledge(FactWrite write, long now)
    {
        lock (_gate)
        {
            if (write.Acknowledged is not null)
            {
                return false;
            }
            write.Acknowledged = now;
            Acknowledged++;
            return true;
        }
    }

    /// <summary>
    /// Whether it may have had this value at some time between two moments: by the write acknowledged last before the first of them, or by
    /// any that was under way between them.
    /// </summary>
    public bool MayBe(bool isSo, long from, long until)
    {
        lock (_gate)
        {
            if (from < _beforeUntil)
            {
                return true;
            }
            var last = _before;
            foreach (var write in _writes)
            {
                if (write.Acknowledged is { } acknowledged && acknowledged <= from)
                {
                    last = write.IsSo;
                }
                else if (write.Begun <= until && write.IsSo == isSo)
                {
                    return true;
                }
            }
            return last == isSo;
        }
    }

    /// <summary>The last few writes in words.</summary>
    public IReadOnlyList<string> Tell()
    {
        lock (_gate)
        {
            return [.. _writes.TakeLast(Told).Select(write => write.ToString())];
        }
    }
}
