using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Finality;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>A process of the cluster, from its start to its end: the product's keeper, announcer, cells and writers on the simulation's clock and wires.</summary>
internal sealed class SimProcess
{
    private static readonly TimeSpan StartAgain = TimeSpan.FromMilliseconds(250);

    private readonly Cluster _cluster;
    private readonly Dictionary<ActorKey, (GrantsCell Cell, GrantsActor Actor)> _actors = [];
    private readonly FinalityState _state;
    private readonly FaultLog _faults;
    private readonly Announcer _announcer;
    private bool _hadLease;
    private long _fenced;

    public SimProcess(Cluster cluster, Machine machine)
    {
        (_cluster, Machine, Name) = (cluster, machine, $"{machine.Name}{++machine.Starts}");
        Clock = new SimClock(World, this, machine.Rate);
        Cells = cluster.Parts.Cells();
        Store = cluster.Parts.Store(this, cluster.Wire, cluster.Database);
        Leases = cluster.Parts.Leases(this, cluster.Wire, cluster.Database);
        _state = new FinalityState(Name, Cells, Clock);
        _faults = new FaultLog(NullLogger.Instance, Clock);
        _announcer = new Announcer(
            Leases, new SimMessenger(this, cluster.Wire, cluster.Find), cluster.Parts.AnnouncersCells(this), Name, cluster.Parts.Announcing, _state, _faults, Clock);
    }

    public World World => _cluster.World;

    public Machine Machine { get; }

    public string Name { get; }

    public SimClock Clock { get; }

    public CellTable Cells { get; }

    public IActorStore Store { get; }

    public ILeaseTable Leases { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it takes questions and writes.</summary>
    public bool IsServing { get; private set; }

    /// <summary>Whether it fenced another since this was asked last.</summary>
    public bool HasFenced
    {
        get
        {
            var (before, now) = (_fenced, _state.Health.FencesIssued);
            _fenced = now;
            return now > before;
        }
    }

    public override string ToString() => Name;

    public async Task StartAsync()
    {
        while (!IsServing)
        {
            try
            {
                await new LeaseKeeper(Leases, Cells, Name, _cluster.Parts.Keeping, _state, _faults, Clock).StartAsync();
                IsServing = true;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(StartAgain, Clock);
            }
        }
        World.Tell($"{Name} serves");
    }

    /// <summary>
    /// Ends as processes should: it answers nothing any more, then gives back its lease. The keeper's own end is this, and waits for a delay that was cancelled,
    /// behind which the runtime goes on elsewhere.
    /// </summary>
    public async Task StopAsync()
    {
        IsServing = false;
        if (Cells.Lease is { } lease)
        {
            lease.End();
            await ((Task)Leases.LeaveAsync(lease.Id).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Kill();
    }

    public void Kill()
    {
        World.Tell($"{Name} is gone");
        World.Counts.FencesIssued += _state.Health.FencesIssued;
        World.Counts.FencesSuffered += _state.Health.FencesSuffered;
        (IsAlive, IsServing) = (false, false);
        _state.Dispose();
    }

    public Task<Result<bool>> WriteAsync(ActorKey key, int write, bool isGranted, Caller caller) => IsServing
        ? Actor(key).Actor.WriteAsync(write, isGranted, caller)
        : Task.FromResult<Result<bool>>(new AuthzError(ErrorCode.Unavailable, "not here"));

    public async Task EvaluateAsync(ActorKey key)
    {
        if (!IsServing)
        {
            return;
        }
        World.Counts.Lapses += _hadLease && Cells.HeldLease() is null ? 1 : 0;
        _hadLease = Cells.HeldLease() is not null;
        var question = _cluster.Checker.Ask(key, this);
        try
        {
            if (await _cluster.Parts.EvaluateAsync(this, Actor(key).Cell) is { } grants)
            {
                _cluster.Checker.Answer(question, grants);
                return;
            }
        }
        catch (StoreUnavailableException)
        {
        }
        World.Counts.Refused++;
    }

    /// <summary>Lets go of a cell and its writer, as of what was not used for long.</summary>
    public void LetGo(ActorKey key)
    {
        if (_actors.TryGetValue(key, out var actor) && !actor.Actor.IsTurning)
        {
            _actors.Remove(key);
            actor.Cell.Close();
        }
    }

    private (GrantsCell Cell, GrantsActor Actor) Actor(ActorKey key)
    {
        if (!_actors.TryGetValue(key, out var known))
        {
            GrantsActor? actor = null;
            var cell = _cluster.Parts.Cell(key, this);
            var announce = _cluster.Parts.Announce(_announcer, () => actor!);
            actor = new GrantsActor(key, cell, new ActorPorts(Store, null!, Cells, announce, null!, Clock) { Signer = null! });
            _actors[key] = known = (cell, actor);
        }
        return known;
    }
}
