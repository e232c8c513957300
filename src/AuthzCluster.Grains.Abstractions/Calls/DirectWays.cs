namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Which grains did not answer when they were called themselves: for a while they are asked for by way of another silo at once, which answers in their place. Grains
/// share a place here by their hash, so that it is bounded; sharing costs another the straight way for that while.
/// </summary>
/// <param name="time">Measures the while.</param>
public sealed class DirectWays(TimeProvider time)
{
    /// <summary>After this one call tries the way again.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private const int Places = 4096;

    private readonly long[] _lost = new long[Places];

    /// <summary>Whether to call the grain of a hash itself: unless it was lost a moment ago. Of those who ask once that is over one is told to.</summary>
    public bool MayTry(int hash)
    {
        ref var lost = ref Of(hash);
        var since = Volatile.Read(ref lost);
        return since == 0 || (time.GetElapsedTime(since) >= Rest && Interlocked.CompareExchange(ref lost, Now(), since) == since);
    }

    /// <summary>It did not answer.</summary>
    public void Lose(int hash) => Volatile.Write(ref Of(hash), Now());

    /// <summary>It answered.</summary>
    public void Works(int hash)
    {
        ref var lost = ref Of(hash);
        if (Volatile.Read(ref lost) != 0)
        {
            Volatile.Write(ref lost, 0);
        }
    }

    private ref long Of(int hash) => ref _lost[(uint)hash % Places];

    private long Now() => Math.Max(time.GetTimestamp(), 1);
}
