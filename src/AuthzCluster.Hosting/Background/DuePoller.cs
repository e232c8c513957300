using System.Collections.Concurrent;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Background;

/// <summary>
/// Looks twice a second for actors that have something to do, and wakes them. Long work of one does not hold up the
/// others; what fails is tried again at the next look; while storage does not answer the looks become rarer. Of several
/// nodes one looks, and those that would take its place look for what is overdue by <c>lag</c> (null: nothing), so that nothing waits until it is known
/// that the first is gone; where two find the same, the actors do it once.
/// </summary>
internal sealed class DuePoller(IActorStore store, DueWork work, Func<TimeSpan?> lag, FaultLog faults, TimeProvider time)
{
    private const string Name = "the look for due work";
    private const int BatchSize = 256, Concurrency = 64, MostSkippedLooks = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Task> _running = new();
    private readonly ConcurrentDictionary<string, bool> _failed = new();
    private readonly SemaphoreSlim _places = new(Concurrency);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        int skip = 0, penalty = 1;
        try
        {
            do
            {
                if (skip-- > 0 || lag() is not { } overdue)
                {
                    continue;
                }
                try
                {
                    await LookAsync(overdue, stop).ConfigureAwait(false);
                    (skip, penalty) = (0, 1);
                    faults.Works(Name);
                }
                catch (Exception exception) when (!stop.IsCancellationRequested)
                {
                    faults.Report(Name, exception);
                    (skip, penalty) = (penalty, Math.Min(penalty * 2, MostSkippedLooks));
                }
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        finally
        {
            await Task.WhenAll(_running.Values).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(TimeSpan overdue, CancellationToken stop)
    {
        _failed.Clear();
        bool isMore;
        do
        {
            var limit = BatchSize + _running.Count + _failed.Count;
            var rows = await store.ReadDueAsync(time.GetUtcNow() - overdue, limit).ConfigureAwait(false);
            var started = 0;
            foreach (var row in rows)
            {
                if (!_running.ContainsKey(row.Member) && !_failed.ContainsKey(row.Member))
                {
                    await _places.WaitAsync(stop).ConfigureAwait(false);
                    Start(row.Member, stop);
                    started++;
                }
            }
            isMore = rows.Count == limit && started > 0;
        }
        while (isMore);
    }

    private void Start(string key, CancellationToken stop)
    {
        // In the table before it can end: it takes itself out.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[key] = ended.Task;
        _ = RunOneAsync(key, ended, stop);
    }

    private async Task RunOneAsync(string key, TaskCompletionSource ended, CancellationToken stop)
    {
        try
        {
            if (await work.RunAsync(new ActorKey(key), stop).ConfigureAwait(false) is { } error)
            {
                _failed[key] = true;
                faults.Report($"what is due of {key}", error.Detail);
            }
            else
            {
                faults.Works($"what is due of {key}");
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One actor that cannot be read must not end the looks at all others.
            _failed[key] = true;
            faults.Report($"what is due of {key}", exception);
        }
        finally
        {
            _running.TryRemove(key, out _);
            _places.Release();
            ended.SetResult();
        }
    }
}
