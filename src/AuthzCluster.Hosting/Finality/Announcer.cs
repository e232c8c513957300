using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;

namespace AuthzCluster.Hosting.Finality;

/// <summary>
/// Tells every node that may answer what was committed, and waits until each has confirmed or has no lease any more. Who may answer is read from the table
/// after the commit: what comes while it is being read goes with the next reading. Nodes that were listed the last time are told meanwhile: what a process
/// confirms after the commit counts, whichever of its leases is listed. A batch that waits for a lost node keeps no other waiting.
/// </summary>
/// <param name="leases">The table of leases.</param>
/// <param name="messenger">Reaches the other nodes.</param>
/// <param name="cells">What this node answers from, and its lease.</param>
/// <param name="node">This process, as the table of leases names it.</param>
/// <param name="options">Already checked.</param>
/// <param name="state">Is told what happens.</param>
/// <param name="faults">Is told what fails.</param>
/// <param name="time">The clock; only its timestamps count.</param>
public sealed class Announcer(
    ILeaseTable leases, INodeMessenger messenger, CellTable cells, string node, FinalityOptions options, FinalityState state, FaultLog faults, TimeProvider time) : IAnnounce
{
    private const string Name = "reading which nodes may answer";
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly LinkedList<AnnounceBatch> _waiting = [];
    private readonly RowFences _fences = new(leases, cells, options, state, faults, time);
    private readonly NodeCall _call = new(messenger, options, time);
    private bool _isReading;

    // Those that were listed last. Read and written by the one reading.
    private IReadOnlyList<IGrouping<string, LeaseRow>> _others = [];

    /// <inheritdoc/>
    public ValueTask AcknowledgedEverywhereAsync(params ReadOnlySpan<StoredRevision> revisions)
    {
        var announcements = new Announcement[revisions.Length];
        for (var i = 0; i < revisions.Length; i++)
        {
            announcements[i] = new Announcement(revisions[i].Key, revisions[i].Revision);
        }
        return AnnounceAsync(announcements);
    }

    /// <inheritdoc/>
    public ValueTask TenantGoneEverywhereAsync(TenantId tenant) => AnnounceAsync([Announcement.TenantGone(tenant)]);

    /// <summary>Asks all nodes that may answer whether they can be told something, as a write does: one that cannot is fenced. Completes when each could, or is waited for no longer.</summary>
    public Task LookAsync() => Join([]).Failure;

    private async ValueTask AnnounceAsync(Announcement[] announcements)
    {
        var began = time.GetTimestamp();
        foreach (var announcement in announcements)
        {
            announcement.RaiseIn(cells);
        }
        if (await Join(announcements).Failure.ConfigureAwait(false) is { } failure)
        {
            state.AnnounceFailed();
            throw new StoreUnavailableException($"It was not made sure that no node answers from before the change: {failure.Message}", isOutcomeKnown: false, failure);
        }
        state.Announced(time.GetElapsedTime(began));
    }

    private AnnounceBatch Join(Announcement[] announcements)
    {
        AnnounceBatch? batch;
        bool isToRead;
        lock (_gate)
        {
            batch = _waiting.Last?.Value;
            if (batch is null || !batch.TryAdd(announcements))
            {
                batch = _waiting.AddLast(new AnnounceBatch()).Value;
                batch.TryAdd(announcements);
            }
            isToRead = !_isReading;
            _isReading = true;
        }
        if (isToRead)
        {
            _ = ReadAsync();
        }
        return batch;
    }

    private AnnounceBatch? Next()
    {
        lock (_gate)
        {
            var next = _waiting.First?.Value;
            if (next is null)
            {
                _isReading = false;
            }
            else
            {
                _waiting.RemoveFirst();
            }
            return next;
        }
    }

    private async Task ReadAsync()
    {
        while (Next() is { } batch)
        {
            var calls = new BatchCalls(_call, batch.Items());
            try
            {
                state.BatchBegan();
                var listing = ListAsync();
                foreach (var other in _others.Where(held => !held.All(_fences.IsUnderWay)))
                {
                    calls.To(other.Key);
                }
                var rows = await listing.ConfigureAwait(false);
                _fences.Listed(rows);
                _others = [.. rows.Where(row => row.Node != node).GroupBy(row => row.Node)];
                _ = TellAsync(batch, _others, calls);
            }
            catch (Exception failure)
            {
                calls.End();
                batch.Fail(failure);
            }
        }
    }

    // The write is durable, so it is worth trying as long as this node may answer; then whoever sent it has to ask again.
    private async Task<IReadOnlyList<LeaseRow>> ListAsync()
    {
        while (true)
        {
            try
            {
                var rows = await leases.ListAsync().ConfigureAwait(false);
                faults.Works(Name);
                return rows;
            }
            catch (StoreUnavailableException failure) when (cells.HeldLease() is not null)
            {
                faults.Report(Name, failure);
            }
            await Task.Delay(Retry, time).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(AnnounceBatch batch, IReadOnlyList<IGrouping<string, LeaseRow>> others, BatchCalls calls)
    {
        try
        {
            await Task.WhenAll(others.Select(held => ReachAsync(held.Key, [.. held], calls))).ConfigureAwait(false);
            batch.Succeed();
        }
        catch (Exception failure)
        {
            batch.Fail(failure);
        }
        finally
        {
            calls.End();
        }
    }

    // One confirmation is of the process, whichever of its leases are listed. Rows that were listed as fenced are waited for like others: they may yet be held.
    private async Task ReachAsync(string other, IReadOnlyList<LeaseRow> rows, BatchCalls calls)
    {
        var isFenced = rows.Select(_fences.IsUnderWay).ToList().TrueForAll(isUnderWay => isUnderWay);
        if (isFenced && rows.All(_fences.IsOver))
        {
            return;
        }
        var (confirmed, refused) = calls.To(other);
        if (!isFenced)
        {
            await Task.WhenAny(confirmed, refused, calls.PatienceAsync(options.Confirmation, time)).ConfigureAwait(false);
        }
        if (!confirmed.IsCompleted)
        {
            var over = Task.WhenAll(rows.Select(_fences.OverAsync));
            await Task.WhenAny(confirmed, over).ConfigureAwait(false);
            if (!confirmed.IsCompleted && !Array.TrueForAll(await over.ConfigureAwait(false), isOver => isOver))
            {
                throw new StoreUnavailableException($"this node holds no lease by which it could fence {other}, which did not confirm", isOutcomeKnown: false);
            }
        }
    }
}
