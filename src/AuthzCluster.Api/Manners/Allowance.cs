using System.Threading.RateLimiting;

namespace AuthzCluster.Api.Manners;

/// <summary>How many requests one account may make: so many a second, and after a rest so many at once.</summary>
/// <param name="rate">Requests a second; 0: as many as it likes.</param>
/// <param name="burst">How many it may save up.</param>
internal sealed class Allowance(int rate, int burst)
{
    /// <summary>What nobody limits.</summary>
    public static Allowance Unlimited { get; } = new(0, 0);

    /// <summary>How many may be saved up.</summary>
    public int Burst => burst;

    /// <summary>The bucket of a credential; null: it needs none.</summary>
    public ReplenishingRateLimiter? Bucket() => rate == 0 ? null : new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = rate,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = false, // a timer for each credential would outlive it
    });
}
