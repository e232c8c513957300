using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Background;

namespace AuthzCluster.Hosting.Finality;

/// <summary>
/// Holds this node's lease: takes it, asks again and again whether it is unfenced, and takes another when it is not. What it cannot ask it does not hold
/// for long. One that lapsed because the table could not be asked is held again once it is found unfenced: nobody was told that it ended.
/// </summary>
/// <param name="table">The table of leases.</param>
/// <param name="cells">What is answered from, and is given the lease.</param>
/// <param name="node">This process, as messages of others find it; no other process, earlier or later, has the same.</param>
/// <param name="options">Already checked.</param>
/// <param name="state">Is told what happens.</param>
/// <param name="faults">Is told what fails.</param>
/// <param name="time">The clock; only its timestamps count.</param>
public sealed class LeaseKeeper(
    ILeaseTable table, CellTable cells, string node, FinalityOptions options, FinalityState state, FaultLog faults, TimeProvider time)
{
    private const string Name = "keeping the lease of this node";
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly LeasePause _pause = new(time);
    private readonly Lock _gate = new();
    private readonly TimeSpan _retry = options.Renewal < TimeSpan.FromMilliseconds(250) ? options.Renewal : TimeSpan.FromMilliseconds(250);
    private volatile NodeLease? _lease;
    private Task _running = Task.CompletedTask;

    private enum Renewal
    {
        Held,
        Lost,
        Failed,
    }

    /// <summary>Takes the lease, then keeps it until <see cref="StopAsync"/>.</summary>
    /// <exception cref="StoreUnavailableException">The table could not be asked: no lease is held, and nothing goes on.</exception>
    public async Task StartAsync()
    {
        await TakeAsync().ConfigureAwait(false);
        _running = RunAsync();
    }

    /// <summary>Ends the lease, then removes its row, so that nobody waits for it; for two seconds at most. Only once nothing is answered any more.</summary>
    public async Task StopAsync()
    {
        _stop.Cancel();
        lock (_gate)
        {
            _lease?.End();
        }
        await _running.WaitAsync(LeaveLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await LeaveAsync().WaitAsync(LeaveLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LeaveAsync()
    {
        if (_lease is { } lease)
        {
            await table.LeaveAsync(lease.Id).ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        await PauseAsync(options.Renewal).ConfigureAwait(false);
        while (!_stop.IsCancellationRequested)
        {
            // One that hangs keeps no later one from being sent.
            var renewal = RenewAsync(_lease!, time.GetTimestamp());
            var period = PauseAsync(options.Renewal);
            await Task.WhenAny(renewal, period).ConfigureAwait(false);
            if (_lease!.IsEnded)
            {
                await ReplaceAsync().ConfigureAwait(false);
                period = PauseAsync(options.Renewal);
            }
            else if (renewal.IsCompleted && await renewal.ConfigureAwait(false) == Renewal.Failed)
            {
                period = PauseAsync(_retry);
            }
            await period.ConfigureAwait(false);
        }
    }

    private async Task<Renewal> RenewAsync(NodeLease lease, long sent)
    {
        try
        {
            if (await table.IsHeldAsync(lease.Id).ConfigureAwait(false))
            {
                lease.ExtendTo(time.Plus(sent, options.Duration));
                state.Renewed(sent);
                faults.Works(Name);
                return Renewal.Held;
            }
        }
        catch (Exception failure)
        {
            faults.Report(Name, failure);
            return Renewal.Failed;
        }
        lease.End();
        return Renewal.Lost;
    }

    // The old one has ended. Each attempt has an id of its own: one whose outcome is unknown may come late.
    private async Task ReplaceAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }
        state.Lost();
        faults.Report(Name, "it was fenced: another node had no answer from this one");
        for (var pause = _pause.Next(); ; pause = _retry)
        {
            await PauseAsync(pause).ConfigureAwait(false);
            if (_stop.IsCancellationRequested)
            {
                return;
            }
            try
            {
                await TakeAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception failure)
            {
                faults.Report(Name, failure);
            }
        }
    }

    private async Task TakeAsync()
    {
        var sent = time.GetTimestamp();
        var lease = new NodeLease(Guid.NewGuid(), time);
        await table.InsertAsync(lease.Id, node, options.Duration).ConfigureAwait(false);
        lease.ExtendTo(time.Plus(sent, options.Duration));
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                lease.End();
            }
            _lease = lease;
            cells.Lease = lease;
        }
        _pause.Taken();
        state.Taken(sent);
    }

    private async Task PauseAsync(TimeSpan pause) => await Task.Delay(pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
