namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// One patience for many short calls: those that begin close together share a timer, since one for each would cost as much as the call. Who waits waits for
/// at least the patience, and a tenth more at most.
/// </summary>
/// <param name="patience">How long to wait.</param>
/// <param name="time">What it is measured by.</param>
public sealed class CoarseTimeout(TimeSpan patience, TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile Slot? _slot;

    /// <summary>Is cancelled once the patience is over that begins now.</summary>
    public CancellationToken Token
    {
        get
        {
            var slot = _slot;
            return slot is not null && time.GetElapsedTime(slot.Since) < patience / 10 ? slot.Token : Begin();
        }
    }

    // Not disposed: others may be about to register. Its timer ends by itself.
    private CancellationToken Begin()
    {
        lock (_gate)
        {
            if (_slot is not { } slot || time.GetElapsedTime(slot.Since) >= patience / 10)
            {
                _slot = slot = new Slot(time.GetTimestamp(), new CancellationTokenSource(patience * 1.1, time).Token);
            }
            return slot.Token;
        }
    }

    private sealed record Slot(long Since, CancellationToken Token);
}
