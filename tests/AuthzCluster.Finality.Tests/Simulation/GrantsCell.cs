using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>A cell that reads what is stored when it is asked for and has nothing that counts, as silos' replicas do, but on the one thread that there is.</summary>
internal class GrantsCell(ActorKey key, SimProcess process) : Cell<Grants>(key, process.Cells), ICell
{
    // Of those who wait each has its own, since of several that await one task only one goes on within its completion.
    private List<TaskCompletionSource<Grants?>>? _waiting;

    protected SimProcess Process => process;

    /// <summary>What was taken last, whether it still counts or not.</summary>
    public Grants? Latest { get; private set; }

    /// <summary>Its stored version.</summary>
    protected long LatestVersion { get; private set; }

    /// <summary>The highest revision that was announced.</summary>
    protected long Floor { get; private set; }

    /// <summary>Whether a read is under way.</summary>
    protected bool IsLoading { get; private set; }

    void ICell.Raise(long revision)
    {
        if (revision == long.MaxValue)
        {
            (Latest, LatestVersion) = (null, 0);
        }
        else
        {
            Floor = Math.Max(Floor, revision);
        }
        Announced(revision);
    }

    public override ValueTask<Grants?> LoadAsync() => Current is { } current ? new(current) : new(JoinAsync());

    /// <summary>Its writer committed something, and tried to have it taken.</summary>
    public virtual void Wrote(Grants grants, long version)
    {
        if (Has(grants))
        {
            (Latest, LatestVersion) = (grants, version);
        }
    }

    protected virtual void Announced(long revision) => Raise(revision);

    /// <summary>What was read is taken, if nothing newer is known of.</summary>
    protected virtual bool Take(CellLoad load, Grants value, long version) => TryTake(load, value, version) && load.Lease.IsHeld;

    private Task<Grants?> JoinAsync()
    {
        var answer = new TaskCompletionSource<Grants?>();
        if (_waiting is not null)
        {
            _waiting.Add(answer);
            return answer.Task;
        }
        _waiting = [answer];
        _ = EndAsync(ReadAndTakeAsync());
        return answer.Task;
    }

    private async Task EndAsync(Task<Grants?> reading)
    {
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var waiting = _waiting!;
        _waiting = null;
        foreach (var answer in waiting)
        {
            answer.SetFromTask(reading);
        }
    }

    private async Task<Grants?> ReadAndTakeAsync()
    {
        while (true)
        {
            var load = Begin();
            IsLoading = true;
            try
            {
                var stored = await process.Store.ReadAsync(Key).ConfigureAwait(false);
                var value = Grants.Decode(stored?.State);
                if (Take(load, value, stored?.Version ?? 0))
                {
                    (Latest, LatestVersion) = (value, stored?.Version ?? 0);
                    return value;
                }
                process.World.Counts.DroppedLoads += load.Lease.IsHeld ? 1 : 0;
            }
            finally
            {
                Abandon(load);
                IsLoading = false;
            }
        }
    }
}
