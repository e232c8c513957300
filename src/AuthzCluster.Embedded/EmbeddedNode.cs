using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Activation;
using AuthzCluster.Embedded.Background;
using AuthzCluster.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Embedded;

/// <summary>
/// One process's whole service: the store, the actors and what works in the background. The ports can be taken at
/// once and answer from <see cref="StartAsync"/> to <see cref="StopAsync"/>; before and after, with unavailable.
/// </summary>
public sealed class EmbeddedNode : INodeHealth
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly EmbeddedOptions _options;
    private readonly TimeProvider _time;
    private readonly NodeStore _store;
    private readonly OutboxPump _pump;
    private readonly DueWork _due;
    private readonly KeyUses _keyUses;
    private readonly FaultLog _faults;
    private readonly CancellationTokenSource _stopping = new();
    private SqliteStore? _sqlite;
    private Task _background = Task.CompletedTask;
    private volatile bool _isReady;
    private int _isStopping;

    /// <summary>A node that is yet to be started; <paramref name="log"/> is told what fails inside.</summary>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public EmbeddedNode(EmbeddedOptions options, TimeProvider time, IIdSource ids, ILogger? log = null)
    {
        options.Validate();
        (_options, _time) = (options, time);
        _faults = new FaultLog(log ?? NullLogger.Instance, time);
        _store = new NodeStore(tenant => _pump!.Signal(tenant), _faults, time);
        var ports = new ActorPorts(_store, _store, new LocalAnnounce(), ids, time) { Faults = _faults };
        Directory = new ActorDirectory(ports);
        _pump = new OutboxPump(Directory, _store, _faults, time);
        _due = new DueWork(Directory, Directory, ports);
        Decisions = new DecisionService(Directory);
        Roles = new RoleService(Directory, Directory, ports);
        Permissions = new PermissionService(Directory, Directory);
        Assignments = new AssignmentService(Directory, Directory, ports);
        Entities = new EntityService(Directory, Directory, Directory, ports);
        Tenants = new TenantService(Directory, Directory, Directory, ports);
        ModelTransfer = new ModelTransferService(Directory, Directory, Directory.Rights, ports);
        AuditTrail = new AuditTrailService(Directory, Directory, ports);
        _keyUses = new KeyUses(Directory, ports);
        ApiKeys = new ApiKeyService(Directory, Directory, _keyUses, ports);
    }

    /// <summary>Answers questions.</summary>
    public IDecisions Decisions { get; }

    /// <summary>Roles.</summary>
    public IRoles Roles { get; }

    /// <summary>The registries of permissions.</summary>
    public IPermissions Permissions { get; }

    /// <summary>Assignments and teams.</summary>
    public IAssignments Assignments { get; }

    /// <summary>Stored entities.</summary>
    public IEntities Entities { get; }

    /// <summary>Tenants.</summary>
    public ITenants Tenants { get; }

    /// <summary>Imports.</summary>
    public IModelTransfer ModelTransfer { get; }

    /// <summary>The audit logs.</summary>
    public IAuditTrail AuditTrail { get; }

    /// <summary>API keys.</summary>
    public IApiKeys ApiKeys { get; }

    /// <summary>What callers may.</summary>
    public ICallerRights CallerRights => Directory.Rights;

    /// <inheritdoc/>
    public bool IsReady => _isReady;

    /// <inheritdoc/>
    public string? WriteProblem => _isReady ? _sqlite?.WriteProblem ?? _store.WriteProblem : "the node is not running";

    /// <inheritdoc/>
    public string? BackgroundProblem => _faults.Problem;

    internal ActorDirectory Directory { get; }

    /// <summary>What tests put between the actors and the store.</summary>
    internal Func<IActorStore, IActorStore> WrapStore { get; init; } = store => store;

    /// <summary>What tests put between the actors and the audit log.</summary>
    internal Func<IAuditStore, IAuditStore> WrapAudit { get; init; } = store => store;

    /// <summary>Opens the store, makes the tenants that always exist, and takes up what an earlier run left.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has the data open.</exception>
    /// <exception cref="StoreRefusedException">The data is damaged, or cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The first tenants could not be made.</exception>
    public async Task StartAsync()
    {
        _sqlite = await SqliteStore.OpenAsync(new SqliteStoreOptions(_options.DataDirectory)).ConfigureAwait(false);
        try
        {
            _store.Open(WrapStore(_sqlite), WrapAudit(_sqlite));
            await EnsureAsync(TenantId.Default, "Default").ConfigureAwait(false);
            await EnsureAsync(TenantId.System, "System").ConfigureAwait(false);
            await _pump.SignalPendingAsync().ConfigureAwait(false);
        }
        catch
        {
            await CloseStoreAsync().ConfigureAwait(false);
            throw;
        }
        var stop = _stopping.Token;
        _background = Task.WhenAll(
            Background("due work", new DuePoller(_store, _due, _faults, _time).RunAsync, stop),
            Background("writing the audit logs", _pump.RunAsync, stop),
            Background("noting the use of API keys", new KeyUseWriter(_keyUses, _time).RunAsync, stop),
            Background("letting go of idle actors", new IdleSweeper(Directory, _options.IdleTime, _time).RunAsync, stop));
        _isReady = true;
    }

    /// <summary>
    /// Ends the background work, waits for the turns under way and the audit logs, 10 seconds each at most, and closes the
    /// store behind the commits under way. What is asked later is unavailable.
    /// </summary>
    public async Task StopAsync()
    {
        if (_sqlite is null || Interlocked.Exchange(ref _isStopping, 1) != 0)
        {
            return;
        }
        _isReady = false;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await EndAsync("ending the background work", _background).ConfigureAwait(false);
        await EndAsync("ending the turns under way", Directory.CloseAsync()).ConfigureAwait(false);
        // What is not written to the audit logs now is in the outbox: the next start takes it up.
        await EndAsync("writing the audit logs", _pump.DrainAllAsync()).ConfigureAwait(false);
        await CloseStoreAsync().ConfigureAwait(false);
        // Who was read meanwhile must not answer from memory either: the data may be another process's by now.
        _ = Directory.CloseAsync();
    }

    private async Task EnsureAsync(TenantId tenant, string name)
    {
        var found = await Tenants.GetAsync(tenant).ConfigureAwait(false);
        if (found.Error?.Code == ErrorCode.TenantNotFound)
        {
            var patch = new TenantPatch { DisplayName = name };
            found = await Tenants.CreateAsync(tenant, patch, Caller.System("start")).ConfigureAwait(false);
        }
        if (!found.IsOk)
        {
            throw new InvalidOperationException($"The tenant '{tenant}' cannot be made or read: {found.Error.Detail}.");
        }
    }

    private async Task EndAsync(string what, Task task)
    {
        try
        {
            await task.WaitAsync(StopPatience, _time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _faults.Report(what, exception);
        }
    }

    private Task Background(string name, Func<CancellationToken, Task> run, CancellationToken stop) =>
        new Loop(name, run, _faults, _time).RunAsync(stop);

    private async Task CloseStoreAsync()
    {
        _store.Close();
        await _sqlite!.DisposeAsync().ConfigureAwait(false);
        _sqlite = null;
    }
}
