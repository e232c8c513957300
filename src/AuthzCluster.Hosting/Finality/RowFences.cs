using System.Collections.Concurrent;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Hosting.Background;

namespace AuthzCluster.Hosting.Finality;

/// <summary>
/// Leases of others that were fenced: each once, however many wait. It is over when whoever held it cannot answer under it any more: by our own clock from
/// after our own fence returned, after which we drop its row; or once its process has no row at all. Then it ended its lease itself, or another node,
/// which had fenced it before us, has waited for it.
/// </summary>
internal sealed class RowFences(ILeaseTable leases, CellTable cells, FinalityOptions options, FinalityState state, FaultLog faults, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    // True: over. False: this node may not fence, or could not. Kept until the row is listed no more.
    private readonly ConcurrentDictionary<Guid, Task<bool>> _fences = new();

    /// <summary>The table was read: of a row that was found fenced no later read finds otherwise, whoever fenced it.</summary>
    public void Listed(IReadOnlyList<LeaseRow> rows)
    {
        foreach (var (id, fence) in _fences)
        {
            if (fence.IsCompleted && rows.All(row => row.Id != id))
            {
                _fences.TryRemove(id, out _);
            }
        }
        foreach (var row in rows.Where(row => row.IsFenced))
        {
            if (IsOver(row))
            {
                _ = DropAsync(row);
            }
        }
    }

    /// <summary>Whether nobody need be given time to confirm: it is fenced already.</summary>
    public bool IsUnderWay(LeaseRow row) => row.IsFenced || _fences.ContainsKey(row.Id);

    public bool IsOver(LeaseRow row) => _fences.TryGetValue(row.Id, out var fence) && fence is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>Completes when it is over (true), or cannot be made sure of (false).</summary>
    public Task<bool> OverAsync(LeaseRow row)
    {
        if (_fences.TryGetValue(row.Id, out var known))
        {
            return known;
        }
        var over = new TaskCompletionSource<bool>();
        var fence = _fences.GetOrAdd(row.Id, over.Task);
        if (fence == over.Task)
        {
            _ = RunAsync(row, over);
        }
        return fence;
    }

    private async Task RunAsync(LeaseRow row, TaskCompletionSource<bool> over)
    {
        if (!row.IsFenced && !await FenceAsync(row).ConfigureAwait(false))
        {
            _fences.TryRemove(row.Id, out _);
            over.SetResult(false);
            return;
        }
        // While the options are being changed its holder may have others than we have.
        var wait = (row.Duration > options.Duration ? row.Duration : options.Duration) + options.Margin;
        using var done = new CancellationTokenSource();
        var ended = time.UntilAsync(time.Plus(time.GetTimestamp(), wait));
        var first = await Task.WhenAny(ended, GoneAsync(row.Node, done.Token)).ConfigureAwait(false);
        over.SetResult(true);
        done.Cancel();
        if (first == ended)
        {
            await DropAsync(row).ConfigureAwait(false);
        }
    }

    // That its own row is gone says nothing: a later lease of the same process takes its place, by a call that may have failed and be done late.
    private async Task GoneAsync(string node, CancellationToken done)
    {
        while (!await IsGoneAsync(node).ConfigureAwait(false))
        {
            await Task.Delay(Retry, time, done).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsGoneAsync(string node)
    {
        try
        {
            return (await leases.ListAsync().ConfigureAwait(false)).All(row => row.Node != node);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task<bool> FenceAsync(LeaseRow row)
    {
        while (cells.HeldLease() is { } own)
        {
            try
            {
                var outcome = await leases.FenceAsync(row.Id, own.Id).ConfigureAwait(false);
                if (outcome == FenceOutcome.Fenced)
                {
                    state.Fenced();
                    faults.Report(What(row), "it did not confirm a change in time, and was fenced");
                }
                return outcome != FenceOutcome.OwnLost;
            }
            catch (Exception failure)
            {
                faults.Report(What(row), failure);
            }
            await Task.Delay(Retry, time).ConfigureAwait(false);
        }
        return false;
    }

    // Where it fails the row is found again, and costs nobody another wait.
    private async Task DropAsync(LeaseRow row)
    {
        try
        {
            await leases.DropAsync(row.Id).ConfigureAwait(false);
            faults.Works(What(row));
        }
        catch (Exception failure)
        {
            faults.Report(What(row), failure);
        }
    }

    private static string What(LeaseRow row) => $"telling the node {row.Node}";
}
