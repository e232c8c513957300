using System.Globalization;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Background;

/// <summary>
/// Looks twice a second how much waits to be written to the audit logs. A tenant of which too much does takes no more writes until less does: so what waits is
/// bounded, whatever keeps a log from being written. What waits is handed to <c>found</c> while <c>isMine</c> says so: it may be of a node that is gone.
/// </summary>
internal sealed class AuditBacklogWatch(IAuditStore store, Action<TenantId> found, FaultLog faults, TimeProvider time)
{
    /// <summary>From how many records on a tenant takes no more writes. What is written within half a second may come on top.</summary>
    public const long Most = 50_000;

    // From how many on health tells; they are written at 10,000 a second and more.
    private const long Told = 10_000;
    private const string Name = "looking what waits for the audit logs";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private volatile IReadOnlyList<AuditBacklog> _seen = [];

    /// <summary>How many records wait, of all tenants.</summary>
    public long Rows => _seen.Sum(tenant => tenant.Rows);

    /// <summary>That much waits, in one line that names nobody; null: it does not.</summary>
    public string? Problem => Rows is >= Told and var rows ? string.Create(CultureInfo.InvariantCulture, $"{rows} records wait to be written to the audit logs") : null;

    /// <summary>Whether so much of a tenant waits that it takes no more.</summary>
    public bool IsFull(TenantId tenant)
    {
        // Empty most of the time.
        foreach (var backlog in _seen)
        {
            if (backlog.Rows >= Most && backlog.Tenant == tenant)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Looks until <paramref name="stop"/>.</summary>
    public async Task RunAsync(Func<bool> isMine, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        AuditMeter.Add(this);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                await LookAsync().ConfigureAwait(false);
                foreach (var backlog in isMine() ? _seen : [])
                {
                    found(backlog.Tenant);
                }
            }
        }
        finally
        {
            AuditMeter.Remove(this);
        }
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync()
    {
        try
        {
            _seen = await store.ReadBacklogAsync().ConfigureAwait(false);
            faults.Works(Name);
        }
        catch (StoreUnavailableException e)
        {
            // What was seen may be drained by now; storage refuses by itself what it cannot take.
            _seen = [];
            faults.Report(Name, e);
        }
    }
}
