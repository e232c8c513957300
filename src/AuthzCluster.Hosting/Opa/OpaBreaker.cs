namespace AuthzCluster.Hosting.Opa;

/// <summary>Counts failures in a row; from so many on nothing is tried for a while, and then by one at a time.</summary>
internal sealed class OpaBreaker(int most, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures, _trials;
    private long _failed;
    // When the one that tries was told to; null: nobody tries.
    private long? _tried;

    /// <summary>Whether nothing is tried now.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _failures >= most && (IsRecent(_failed) || IsTried);
            }
        }
    }

    private bool IsTried => _tried is { } tried && IsRecent(tried);

    /// <summary>Whether to try. Of those who ask once the while is over one is told to; if nothing comes of that, another after as long again.</summary>
    /// <param name="trial">The number of the trial, where it is that one; else 0.</param>
    public bool MayTry(out int trial)
    {
        lock (_lock)
        {
            trial = 0;
            if (_failures < most)
            {
                return true;
            }
            if (IsRecent(_failed) || IsTried)
            {
                return false;
            }
            (trial, _tried) = (++_trials, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>Nothing was tried after all: the next who asks may, at once. 0, and a trial that another has taken the place of, is passed over.</summary>
    public void GiveBack(int trial)
    {
        lock (_lock)
        {
            if (trial == _trials)
            {
                _tried = null;
            }
        }
    }

    /// <summary>It failed.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            _failures++;
            (_failed, _tried) = (time.GetTimestamp(), null);
        }
    }

    private bool IsRecent(long instant) => time.GetElapsedTime(instant) < pause;
}
