using System.Collections.Concurrent;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>A credential as a door remembers it, with what its bearer may ask where. For any thread.</summary>
/// <param name="credential">What the token said.</param>
/// <param name="now">The instant before it was judged.</param>
/// <param name="since">The same as a timestamp of that clock.</param>
public class KnownCredential(Credential credential, DateTimeOffset now, long since)
{
    /// <summary>How long a verdict is relied on; a revocation counts everywhere within this.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>From this age on a verdict that was looked up elsewhere is looked up again beside the requests, so that nobody waits for that, or notices that it fails for a while.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    // What fails is tried again at this pace, however many requests come.
    private const long RenewEvery = TimeSpan.TicksPerSecond;

    private readonly ConcurrentDictionary<TenantId, AskingRight> _asking = new();
    private long _nextRenewal = Renewal.Ticks;
    private readonly DateTimeOffset _until = credential.ExpiresAt < now + Memory ? credential.ExpiresAt.Value : now + Memory;

    /// <summary>What the token said.</summary>
    public Credential Credential { get; } = credential;

    /// <summary>Whether it may still be relied on: by the clock, for ends are exact, and by what has passed, for clocks are set back.</summary>
    public bool IsFresh(TimeProvider clock) => clock.GetUtcNow() < _until && clock.GetElapsedTime(since) < Memory;

    /// <summary>Whether it was judged behind an instant, as a timestamp of the clock.</summary>
    public bool IsLaterThan(long timestamp) => since > timestamp;

    /// <summary>Whether there is no need yet to look whether there is a later verdict.</summary>
    public bool IsRecent(TimeProvider clock) => IsFresh(clock) && clock.GetElapsedTime(since) < Renewal;

    /// <summary>Whether who asks is to have it judged anew; says so to one of those who ask at once.</summary>
    public bool TakesRenewal(TimeProvider clock)
    {
        var (age, next) = (clock.GetElapsedTime(since).Ticks, Volatile.Read(ref _nextRenewal));
        return age >= next && Interlocked.CompareExchange(ref _nextRenewal, age + RenewEvery, next) == next;
    }

    /// <summary>What the bearer may ask in a tenant; null: not known.</summary>
    public AskingRight? Asking(TenantId tenant) => _asking.GetValueOrDefault(tenant);

    /// <summary>Remembers it, for as long as the credential.</summary>
    public void Remember(TenantId tenant, AskingRight right) => _asking[tenant] = right;
}
