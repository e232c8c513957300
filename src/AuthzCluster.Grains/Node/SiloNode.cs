using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Replicas;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.Hosting.Metrics;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// What one silo is made of: its copies, the directory of grains, the services, and what works in the background. Starts
/// and stops with the silo.
/// </summary>
internal sealed class SiloNode : INodeHealth, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10), ForgetEvery = TimeSpan.FromMinutes(1), StartRetry = TimeSpan.FromMilliseconds(500);

    // With a look twice a second, and until it is seen that the audit log does not get on: nobody waits two seconds for what the first should have done.
    private static readonly TimeSpan DeputyLag = TimeSpan.FromMilliseconds(400);

    private readonly IGrainFactory _grains;
    private readonly INodeStorage _storage;
    private readonly IClusterMembershipService _members;
    private readonly ILocalSiloDetails _self;
    private readonly LeaseKeeper _keeper;
    private readonly NeighbourWatch _neighbours;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;
    private volatile bool _isReady;

    public SiloNode(
        IGrainFactory grains, SiloMessenger messenger, INodeStorage storage, SiloClock clock, IIdSource ids, GrainsOptions options,
        IClusterMembershipService members, ILocalSiloDetails self, IEnumerable<ICustomCondition> conditions, ILogger<SiloNode> log)
    {
        (_grains, _storage, _members, _self, _time) = (grains, storage, members, self, clock.Time);
        var (node, cells, finality) = (self.SiloAddress.ToParsableString(), new CellTable(), options.Finality);
        // Of machines, whatever clock the service goes by.
        var time = TimeProvider.System;
        Finality = new FinalityState(node, cells, time);
        Announcer? announcer = null;
        Core = new NodeCore(
            cells, faults => announcer = new Announcer(storage.Leases, messenger, cells, node, finality, Finality, faults, time), ids, clock.Time, log, options.Opa,
            new CustomConditions(conditions), options.DecisionLog, options.Webhooks);
        _neighbours = new NeighbourWatch(storage.Leases, messenger, announcer!, node, finality, time);
        _keeper = new LeaseKeeper(storage.Leases, cells, node, finality, Finality, Core.Faults, time);
        messenger.Faults = Core.Faults;
        var directory = new GrainDirectory(() => grains);
        Directory = new SiloDirectory(directory, () => Replicas!, Core.Ports);
        Replicas = new NodeReplicas(Core.Ports);
        Rights = new CallerRightsReader(Directory, Replicas, Core.Ports);
        Strangers = new Strangers(options.MostStrangers);
        Eviction = messenger;
        Core.Compose(Directory, new NodeServices(Directory, Replicas, Replicas, Eviction, Rights, Core.Ports, new SiloExpiry(Replicas, Rights, Core.Ports))
        {
            Decisions = new SiloDecisions(directory, Directory),
        });
    }

    public NodeCore Core { get; }

    public SiloDirectory Directory { get; }

    public NodeReplicas Replicas { get; }

    public CallerRightsReader Rights { get; }

    public ITenantEviction Eviction { get; }

    public LocalActivations Activations { get; } = new();

    public Strangers Strangers { get; }

    /// <summary>Its lease, and its announcements.</summary>
    public FinalityState Finality { get; }

    public INodeStorage Storage => _storage;

    public ActorPorts Ports => Core.Ports;

    public bool IsReady => _isReady && Ports.Cells.HeldLease() is not null;

    public string? WriteProblem => IsReady ? _storage.WriteProblem ?? Core.WriteProblem : _isReady ? "the silo holds no lease" : "the silo is not running";

    public string? BackgroundProblem => Core.BackgroundProblem;

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(SiloNode), ServiceLifecycleStage.RuntimeStorageServices, OpenAsync, CloseAsync);
        // Behind the service that others' announcements come to, and before anything is answered; given back when nothing is any more.
        lifecycle.Subscribe(nameof(LeaseKeeper), ServiceLifecycleStage.RuntimeGrainServices + 1, stop => UntilAnsweredAsync("taking the first lease", _keeper.StartAsync, stop), _ => _keeper.StopAsync());
        lifecycle.Subscribe(nameof(SiloNode), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);
    }

    /// <summary>Has every silo drop its copy of a tenant's model.</summary>
    public ValueTask DropModelAsync(TenantId tenant) => Core.Ports.Announce.AcknowledgedEverywhereAsync(new StoredRevision(ActorKey.Of(tenant), long.MaxValue));

    private async Task OpenAsync(CancellationToken stop)
    {
        await _storage.OpenAsync(stop);
        Core.Open(_storage.States, _storage.Audit, _storage.Vault);
        NodeMeter.Add(this, Activations.Counts);
    }

    private async Task StartAsync(CancellationToken stop)
    {
        await UntilAnsweredAsync("reading what a start needs", ReadAsync, stop);
        var stopping = _stopping.Token;
        _background = Task.WhenAll(
            Core.RunDueWorkAsync(LagOfDueWork, stopping),
            Core.RunOutboxAsync(() => Rank() <= 1, stopping),
            Core.RunDecisionLogAsync(stopping),
            Core.RunWebhooksAsync(() => Rank() == 0, stopping),
            Core.RunKeyUsesAsync(stopping),
            Core.RunAsync("seeing to the housekeeping", KeepHouseAsync, stopping),
            Core.RunAsync("watching the neighbours", _neighbours.RunAsync, stopping),
            Core.RunAsync("forgetting strangers", ForgetAsync, stopping));
        _isReady = true;
    }

    private async Task ReadAsync()
    {
        await Core.EnsureTenantsAsync();
        await Core.SignalPendingAsync();
    }

    // A database that hangs or goes away for a moment is no reason not to join.
    private async Task UntilAnsweredAsync(string name, Func<Task> work, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await work();
                Core.Faults.Works(name);
                return;
            }
            catch (StoreUnavailableException e)
            {
                Core.Faults.Report(name, e);
            }
            await Task.Delay(StartRetry, stop);
        }
    }

    private async Task StopAsync(CancellationToken stop)
    {
        _isReady = false;
        await _stopping.CancelAsync();
        await EndAsync("ending the background work", _background);
        // What is not written to the audit logs now is in the outbox: another silo takes it up.
        await EndAsync("writing the audit logs", Core.DrainOutboxAsync());
    }

    private async Task CloseAsync(CancellationToken stop)
    {
        NodeMeter.Remove(this);
        Finality.Dispose();
        Core.Close();
        await _storage.CloseAsync();
    }

    private async Task KeepHouseAsync(CancellationToken stop)
    {
        await _grains.GetGrain<IHousekeepingGrain>(0).EnsureAsync();
        await Task.Delay(Timeout.Infinite, stop);
    }

    // Strangers count those who have left too, until somebody looks.
    private async Task ForgetAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ForgetEvery, _time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            Strangers.ForgetClosed();
        }
    }

    // One silo looks for due work: of those that are active the one of the lowest address. It counts as active for seconds after it died: the next
    // one looks for what it should have done by now.
    private TimeSpan? LagOfDueWork() => Rank() switch
    {
        0 => TimeSpan.Zero,
        1 => DeputyLag,
        _ => null,
    };

    // How many active silos come before this one; null: it is not active itself.
    private int? Rank()
    {
        var (before, isActive) = (0, false);
        foreach (var member in _members.CurrentSnapshot.Members.Values)
        {
            if (member.Status == SiloStatus.Active)
            {
                var order = member.SiloAddress.CompareTo(_self.SiloAddress);
                (before, isActive) = (before + (order < 0 ? 1 : 0), isActive || order == 0);
            }
        }
        return isActive ? before : null;
    }

    private async Task EndAsync(string what, Task task)
    {
        try
        {
            await task.WaitAsync(StopPatience);
        }
        catch (Exception e)
        {
            Core.Faults.Report(what, e);
        }
    }
}
