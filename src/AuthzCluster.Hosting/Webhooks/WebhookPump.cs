using System.Collections.Concurrent;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Background;

namespace AuthzCluster.Hosting.Webhooks;

/// <summary>
/// Looks every second which webhooks have something to send, and has them send it, many at once and each its events in order. A tenant has no more places than it leaves
/// free, and those that have fewest come first, so that slow receivers of some keep nobody else's waiting. Of several nodes one looks: the one that <c>isMine</c> says; where
/// two do for a while, events arrive twice.
/// </summary>
internal sealed class WebhookPump(IActorStore store, WebhookDelivery delivery, Func<bool> isMine, FaultLog faults, TimeProvider time)
{
    private const string Name = "the look for webhooks";
    private const int BatchSize = 200, Concurrency = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _running = new();

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                if (isMine())
                {
                    await LookAsync(stop).ConfigureAwait(false);
                }
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        finally
        {
            await Task.WhenAll(_running.Values).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            var due = new List<ActorKey>();
            string? last = null;
            IReadOnlyList<IndexRow> rows;
            do
            {
                rows = await store.ReadIndexAsync(IndexNames.Everywhere, IndexNames.ActiveWebhooks, "", last, BatchSize).ConfigureAwait(false);
                var idle = rows.Where(row => !_running.ContainsKey(row.Member)).Select(row => new ActorKey(row.Member)).ToArray();
                due.AddRange(idle.Length == 0 ? [] : await delivery.FindAsync(idle).ConfigureAwait(false));
                last = rows.Count == BatchSize ? rows[^1].Member : null;
            }
            while (last is not null);
            StartFairly(due, stop);
            faults.Works(Name);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            faults.Report(Name, exception);
        }
    }

    private void StartFairly(List<ActorKey> due, CancellationToken stop)
    {
        var taken = _running.Keys.CountBy(key => new ActorKey(key).Tenant).ToDictionary();
        var running = taken.Values.Sum();
        var line = due.GroupBy(key => key.Tenant).SelectMany(own => own.Select((key, i) => (Key: key, Place: taken.GetValueOrDefault(own.Key) + i)));
        foreach (var (key, place) in line.OrderBy(next => next.Place))
        {
            if (place < Concurrency - running)
            {
                Start(key, stop);
                running++;
            }
        }
    }

    private void Start(ActorKey key, CancellationToken stop)
    {
        // In the table before it can end: it takes itself out.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[key.Value] = ended.Task;
        _ = RunOneAsync(key, ended, stop);
    }

    private async Task RunOneAsync(ActorKey key, TaskCompletionSource ended, CancellationToken stop)
    {
        try
        {
            if (await delivery.RunAsync(key, stop).ConfigureAwait(false) is { } error)
            {
                faults.Report(key.Value, error.Detail);
            }
            else
            {
                faults.Works(key.Value);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One webhook must not end the looks at all others.
            faults.Report(key.Value, exception);
        }
        finally
        {
            _running.TryRemove(key.Value, out _);
            ended.SetResult();
        }
    }
}
