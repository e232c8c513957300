namespace AuthzCluster.Hosting.Finality;

/// <summary>
/// How long a node that was fenced goes without a lease. One that reaches the table and not the other nodes is fenced again each time, and each time all
/// writes wait for it: so it comes back later and later, until a lease has lasted.
/// </summary>
internal sealed class LeasePause(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(8), Lasts = TimeSpan.FromSeconds(30);

    private TimeSpan? _last;
    private long _taken;

    public void Taken() => _taken = time.GetTimestamp();

    /// <summary>The lease was lost: none, 1, 2, 4, 8, 8 seconds.</summary>
    public TimeSpan Next()
    {
        var next = _last is not { } last || time.GetElapsedTime(_taken) > Lasts ? TimeSpan.Zero
            : last == TimeSpan.Zero ? First
            : last * 2 < Longest ? last * 2 : Longest;
        _last = next;
        return next;
    }
}
