namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>
/// For how long somebody waited for an answer and nobody got one: from when a wait began, or from the last answer if others waited then already, to the
/// next answer. A refusal is no answer; nobody waiting is no gap.
/// </summary>
internal sealed class Gap
{
    private long? _since;
    private int _waiting;

    /// <summary>Somebody begins to wait.</summary>
    public void Begin(long now)
    {
        lock (this)
        {
            _waiting++;
            _since ??= now;
        }
    }

    /// <summary>Somebody was refused.</summary>
    public void Refuse()
    {
        lock (this)
        {
            _waiting--;
        }
    }

    /// <summary>Somebody was answered; for how long nobody was.</summary>
    public TimeSpan Answer(long now)
    {
        lock (this)
        {
            // An answer that was there before is told of later.
            var gap = _since is { } since && now > since ? now.Since(since) : TimeSpan.Zero;
            _since = --_waiting > 0 ? Math.Max(now, _since ?? now) : null;
            return gap;
        }
    }
}
