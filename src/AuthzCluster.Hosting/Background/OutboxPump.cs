using System.Collections.Concurrent;
using System.Threading.Channels;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Background;

/// <summary>
/// Takes outbox rows to the audit logs soon after they were committed, several tenants' at once, so that none waits for
/// what one has much of. Who lists a log does not wait for this; it keeps the outbox short.
/// </summary>
internal sealed class OutboxPump(IActorDirectory directory, IAuditStore store, FaultLog faults, TimeProvider time)
{
    private const int Concurrency = 8;

    // Rows that come within this share a transaction.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // Since when a tenant waits, as a timestamp of the clock.
    private readonly ConcurrentDictionary<TenantId, long> _waiting = new();
    private readonly Channel<TenantId> _line = Channel.CreateUnbounded<TenantId>();

    /// <summary>There are rows of a tenant.</summary>
    public void Signal(TenantId tenant)
    {
        if (_waiting.TryAdd(tenant, time.GetTimestamp()))
        {
            _line.Writer.TryWrite(tenant);
        }
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => TakeAsync(stop)));

    /// <summary>Takes up what an earlier run left behind.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public async Task SignalPendingAsync()
    {
        foreach (var tenant in await store.ReadPendingTenantsAsync().ConfigureAwait(false))
        {
            Signal(tenant);
        }
    }

    /// <summary>Drains everything now, as far as storage lets it.</summary>
    public async Task DrainAllAsync()
    {
        foreach (var tenant in await store.ReadPendingTenantsAsync().ConfigureAwait(false))
        {
            await directory.Audit(tenant).DrainAsync().ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(CancellationToken stop)
    {
        await foreach (var tenant in _line.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            // Who has waited long in line has gathered there: with many tenants nobody waits twice.
            if (_waiting.TryGetValue(tenant, out var since) && Gathering - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, stop).ConfigureAwait(false);
            }
            _waiting.TryRemove(tenant, out _);
            if (!await DrainAsync(tenant).ConfigureAwait(false))
            {
                await Task.Delay(AfterFailure, time, stop).ConfigureAwait(false);
                Signal(tenant);
            }
        }
    }

    private async Task<bool> DrainAsync(TenantId tenant)
    {
        var what = ActorKey.OfAudit(tenant).Value;
        try
        {
            if ((await directory.Audit(tenant).DrainAsync().ConfigureAwait(false)).Error is { } error)
            {
                faults.Report(what, error.Detail);
                return false;
            }
            faults.Works(what);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            faults.Report(what, exception);
            return false;
        }
    }
}
