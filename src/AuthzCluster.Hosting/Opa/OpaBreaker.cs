namespace AuthzCluster.Hosting.Opa;

/// <summary>Counts failures in a row; from so many on nothing is tried for a while, and then by one at a time.</summary>
internal sealed class OpaBreaker(int most, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures;
    private long _since;

    /// <summary>Whether nothing is tried now.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _failures >= most && time.GetElapsedTime(_since) < pause;
            }
        }
    }

    /// <summary>Whether to try. Of those who ask once the while is over one is told to; if nothing comes of that, another after as long again.</summary>
    public bool MayTry()
    {
        lock (_lock)
        {
            if (_failures < most)
            {
                return true;
            }
            if (time.GetElapsedTime(_since) < pause)
            {
                return false;
            }
            _since = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>It failed.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            _failures++;
            _since = time.GetTimestamp();
        }
    }
}
