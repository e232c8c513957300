using AuthzCluster.Domain.Policies;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Metrics;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Activation;
using AuthzCluster.Embedded.Background;
using AuthzCluster.Storage;
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
    private readonly NodeCore _core;
    private readonly CancellationTokenSource _stopping = new();
    private SqliteStore? _sqlite;
    private Task _background = Task.CompletedTask;
    private volatile bool _isReady;
    private int _isStopping;

    /// <summary>A node that is yet to be started; <paramref name="log"/> is told what fails inside, <paramref name="conditions"/> are those that the host registers.</summary>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="StartRefusedException">One of policy servers is.</exception>
    public EmbeddedNode(EmbeddedOptions options, TimeProvider time, IIdSource ids, ILogger? log = null, IEnumerable<ICustomCondition>? conditions = null)
    {
        options.Validate();
        (_options, _time) = (options, time);
        _core = new NodeCore(
            new LoneCells(), _ => new LocalAnnounce(), ids, time, log ?? NullLogger.Instance, options.Opa, new CustomConditions(conditions ?? []),
            options.DecisionLog, options.Webhooks);
        Directory = new ActorDirectory(_core.Ports);
        _core.Compose(Directory, new NodeServices(Directory, Directory, Directory, Directory, Directory.Rights, _core.Ports));
    }

    /// <summary>Answers questions.</summary>
    public IDecisions Decisions => _core.Services.Decisions;

    /// <summary>What searches look at.</summary>
    public ICandidates Candidates => _core.Services.Candidates;

    /// <summary>Roles.</summary>
    public IRoles Roles => _core.Services.Roles;

    /// <summary>The registries of permissions.</summary>
    public IPermissions Permissions => _core.Services.Permissions;

    /// <summary>Policies.</summary>
    public IPolicies Policies => _core.Services.Policies;

    /// <summary>Requests for roles.</summary>
    public IRoleRequests RoleRequests => _core.Services.RoleRequests;

    /// <summary>Separation of duty.</summary>
    public IConstraints Constraints => _core.Services.Constraints;

    /// <summary>Assignments and teams.</summary>
    public IAssignments Assignments => _core.Services.Assignments;

    /// <summary>Stored entities.</summary>
    public IEntities Entities => _core.Services.Entities;

    /// <summary>Tenants.</summary>
    public ITenants Tenants => _core.Services.Tenants;

    /// <summary>Imports and exports.</summary>
    public IModelTransfer ModelTransfer => _core.Services.ModelTransfer;

    /// <summary>The audit logs.</summary>
    public IAuditTrail AuditTrail => _core.Services.AuditTrail;

    /// <summary>What happened.</summary>
    public IEvents Events => _core.Services.Events;

    /// <summary>Where that is sent.</summary>
    public IWebhooks Webhooks => _core.Services.Webhooks;

    /// <summary>API keys.</summary>
    public IApiKeys ApiKeys => _core.Services.ApiKeys;

    /// <summary>Doors' answers to requests that may be repeated.</summary>
    public IAnswers Answers => _core.Services.Answers;

    /// <summary>What callers may.</summary>
    public ICallerRights CallerRights => Directory.Rights;

    /// <inheritdoc/>
    public bool IsReady => _isReady;

    /// <inheritdoc/>
    public string? WriteProblem => _isReady ? _sqlite?.WriteProblem ?? _core.WriteProblem : "the node is not running";

    /// <inheritdoc/>
    public string? BackgroundProblem => _core.BackgroundProblem;

    internal ActorDirectory Directory { get; }

    /// <summary>What tests put between the actors and the store.</summary>
    internal Func<IActorStore, IActorStore> WrapStore { get; init; } = store => store;

    /// <summary>What tests put between the actors and the audit log.</summary>
    internal Func<IAuditStore, IAuditStore> WrapAudit { get; init; } = store => store;

    /// <summary>Opens the store, makes the tenants that always exist, and takes up what an earlier run left.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has the data open.</exception>
    /// <exception cref="StoreRefusedException">The data is damaged, or cannot be written.</exception>
    /// <exception cref="StartRefusedException">A key is missing that data is sealed with, or a certificate cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or the key ring cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The first tenants could not be made.</exception>
    public async Task StartAsync()
    {
        _sqlite = await SqliteStore.OpenAsync(new SqliteStoreOptions(_options.DataDirectory)).ConfigureAwait(false);
        NodeMeter.Add(this, Directory.Counts);
        try
        {
            var vault = new DataProtectionVault(KeyRing(_options), _options.Vault);
            await VaultCheck.RunAsync(_sqlite, vault).ConfigureAwait(false);
            _core.Open(WrapStore(_sqlite), WrapAudit(_sqlite), vault);
            await _core.EnsureTenantsAsync().ConfigureAwait(false);
            await _core.SignalPendingAsync().ConfigureAwait(false);
        }
        catch
        {
            await CloseStoreAsync().ConfigureAwait(false);
            throw;
        }
        var stop = _stopping.Token;
        _background = Task.WhenAll(
            _core.RunDueWorkAsync(() => TimeSpan.Zero, stop),
            _core.RunOutboxAsync(() => true, stop),
            _core.RunDecisionLogAsync(stop),
            _core.RunWebhooksAsync(() => true, stop),
            _core.RunKeyUsesAsync(stop),
            _core.RunRequestPurgeAsync(stop),
            _core.RunAsync("letting go of idle actors", new IdleSweeper(Directory, _options.IdleTime, _time).RunAsync, stop));
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
        await EndAsync("writing the audit logs", _core.DrainOutboxAsync()).ConfigureAwait(false);
        await CloseStoreAsync().ConfigureAwait(false);
        // Who was read meanwhile must not answer from memory either: the data may be another process's by now.
        _ = Directory.CloseAsync();
    }

    /// <summary>Makes a key that seals from the next start on. The node need not run.</summary>
    /// <exception cref="StartRefusedException">A certificate cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The key ring cannot be read or written.</exception>
    public static Guid MakeKey(EmbeddedOptions options) => new DataProtectionVault(KeyRing(options), options.Vault).MakeKey();

    private static KeyRingFiles KeyRing(EmbeddedOptions options) => new(Path.Combine(Path.GetFullPath(options.DataDirectory), KeyRingFiles.DirectoryName));

    private async Task EndAsync(string what, Task task)
    {
        try
        {
            await task.WaitAsync(StopPatience, _time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _core.Faults.Report(what, exception);
        }
    }

    private async Task CloseStoreAsync()
    {
        NodeMeter.Remove(this);
        _core.Close();
        await _sqlite!.DisposeAsync().ConfigureAwait(false);
        _sqlite = null;
    }
}
