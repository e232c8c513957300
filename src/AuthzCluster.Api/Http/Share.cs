using System.Threading.RateLimiting;
using AuthzCluster.Api.Manners;

namespace AuthzCluster.Api.Http;

/// <summary>How many places an account has, and what it may ask for yet.</summary>
internal sealed class Share(Allowance allowance)
{
    private readonly ReplenishingRateLimiter? _bucket = allowance.Bucket();
    private int _taken;

    /// <summary>Whether nothing of it is used.</summary>
    public bool IsWhole => Volatile.Read(ref _taken) == 0 && (_bucket is null || IsFull(_bucket));

    /// <summary>Takes one, unless there are <paramref name="most"/> already.</summary>
    public bool TryTake(int most)
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return true;
        }
        Give();
        return false;
    }

    /// <summary>Counts a request; false: there were too many of late.</summary>
    public bool TrySpend()
    {
        if (_bucket is null)
        {
            return true;
        }
        _bucket.TryReplenish();
        using var lease = _bucket.AttemptAcquire();
        return lease.IsAcquired;
    }

    /// <summary>Gives one back.</summary>
    public void Give() => Interlocked.Decrement(ref _taken);

    private bool IsFull(ReplenishingRateLimiter bucket)
    {
        bucket.TryReplenish();
        return bucket.GetStatistics()!.CurrentAvailablePermits >= allowance.Burst;
    }
}
