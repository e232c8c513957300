using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Decisions;
using AuthzCluster.Hosting.Evidence;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Webhooks;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Hosting;

/// <summary>
/// What every node has, whatever hosts its actors: the store as they see it, what works in the background, and the log of
/// what fails. The host gives it its directory by <see cref="Compose"/>, then opens the store.
/// </summary>
public sealed class NodeCore
{
    private readonly TimeProvider _time;
    private readonly NodeStore _store;
    private readonly FaultLog _faults;
    private readonly AuditBacklogWatch _backlog;
    private readonly OpaEngine? _opa;
    private readonly DecisionLog? _decisions;
    private readonly WebhookOptions _webhooks;
    private readonly WebhookSender _sender;
    private OutboxPump? _pump;
    private WebhookDelivery? _delivery;
    private NodeServices? _services;

    /// <summary>A node that is yet to be composed.</summary>
    /// <param name="cells">What the node has in memory.</param>
    /// <param name="announce">Makes what precedes an acknowledgement; given where what fails is told.</param>
    /// <param name="ids">Makes ids.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Is told what fails inside.</param>
    /// <param name="opa">Which policy servers may be asked; checked.</param>
    /// <param name="custom">The conditions that the host registered; null: none.</param>
    /// <param name="decisions">Where decisions are logged; checked. Null: nowhere.</param>
    /// <param name="webhooks">Where webhooks may send, and how; null: as by default.</param>
    public NodeCore(
        CellTable cells, Func<FaultLog, IAnnounce> announce, IIdSource ids, TimeProvider time, ILogger log, OpaOptions opa, CustomConditions? custom = null,
        DecisionLogOptions? decisions = null, WebhookOptions? webhooks = null)
    {
        _time = time;
        _faults = new FaultLog(log, time);
        _store = new NodeStore(tenant => _pump?.Signal(tenant), tenant => _backlog!.IsFull(tenant), _faults, time);
        _backlog = new AuditBacklogWatch(_store, tenant => _pump?.Signal(tenant), _faults, time);
        _opa = OpaEngine.Of(opa, _faults, time);
        _decisions = DecisionLog.Of(decisions ?? new(), _faults, time);
        _webhooks = webhooks ?? new WebhookOptions();
        var targets = new WebhookTargets(_webhooks.Targets);
        _sender = new WebhookSender(_webhooks, targets, TimeProvider.System);
        Ports = new ActorPorts(_store, _store, cells, announce(_faults), ids, time)
        {
            Signer = new JwsSigner(_store, time), Faults = _faults, Outside = _opa, Decisions = new DecisionCounts(_decisions), Vault = _store,
            Custom = custom ?? CustomConditions.None, Targets = targets,
        };
    }

    /// <summary>What the actors need.</summary>
    public ActorPorts Ports { get; }

    /// <summary>Where what fails is told.</summary>
    public FaultLog Faults => _faults;

    /// <summary>The callers' ports.</summary>
    /// <exception cref="InvalidOperationException">It was not composed.</exception>
    public NodeServices Services => _services ?? throw new InvalidOperationException("the node was not composed");

    /// <summary>What keeps it from taking commits, as far as is known from the latest one; null: nothing.</summary>
    public string? WriteProblem => _store.WriteProblem;

    /// <summary>What works in the background and keeps failing, or is far behind, in one line that names nobody; null: nothing.</summary>
    public string? BackgroundProblem => _faults.Problem ?? _backlog.Problem;

    /// <summary>Gives it its services, and the directory that background work goes through.</summary>
    public void Compose(IActorDirectory directory, NodeServices services)
    {
        _pump = new OutboxPump(directory, _store, _faults, _time);
        _delivery = new WebhookDelivery(directory, _sender, _webhooks.Attempts, _webhooks.Pause, Ports);
        _services = services;
    }

    /// <summary>From here on the actors reach the store; what can hold policies and conditions passes the vault.</summary>
    public void Open(IActorStore states, IAuditStore audit, IVault vault) => _store.Open(states, audit, vault);

    /// <summary>From here on they do not, and nobody outside is asked.</summary>
    public void Close()
    {
        _store.Close();
        _opa?.Dispose();
        _decisions?.Dispose();
        _sender.Dispose();
    }

    /// <summary>Makes the tenants that always exist, where they are not there.</summary>
    /// <exception cref="StoreUnavailableException">Storage did not answer.</exception>
    /// <exception cref="InvalidOperationException">They could not be made or read, for another reason.</exception>
    public async Task EnsureTenantsAsync()
    {
        await EnsureAsync(TenantId.Default, "Default").ConfigureAwait(false);
        await EnsureAsync(TenantId.System, "System").ConfigureAwait(false);
    }

    /// <summary>Has all that waits in the outbox written to the audit logs, in its own time.</summary>
    /// <exception cref="StoreUnavailableException">What waits could not be read.</exception>
    public Task SignalPendingAsync() => _pump!.SignalPendingAsync();

    /// <summary>Writes all that waits in the outbox to the audit logs now.</summary>
    /// <exception cref="StoreUnavailableException">What waits could not be read.</exception>
    public Task DrainOutboxAsync() => _pump!.DrainAllAsync();

    /// <summary>
    /// Writes the audit logs, and looks how far behind they are, until <paramref name="stop"/>; what nodes that are gone left behind while
    /// <paramref name="isMine"/> says so.
    /// </summary>
    public Task RunOutboxAsync(Func<bool> isMine, CancellationToken stop) => Task.WhenAll(
        RunAsync("writing the audit logs", _pump!.RunAsync, stop), RunAsync("looking what waits for the audit logs", cut => _backlog.RunAsync(isMine, cut), stop));

    /// <summary>Writes the decision log, if one is kept, until <paramref name="stop"/>, and then what waits to be written.</summary>
    public Task RunDecisionLogAsync(CancellationToken stop) => _decisions is null ? Task.CompletedTask : RunAsync("writing the decision log", _decisions.RunAsync, stop);

    /// <summary>Looks twice a second for work that is overdue by <paramref name="lag"/> (null: for none), until <paramref name="stop"/>.</summary>
    public Task RunDueWorkAsync(Func<TimeSpan?> lag, CancellationToken stop) =>
        RunAsync("due work", new DuePoller(_store, Services.DueWork, lag, _faults, _time).RunAsync, stop);

    /// <summary>Sends what webhooks have to send while <paramref name="isMine"/> says so, until <paramref name="stop"/>.</summary>
    public Task RunWebhooksAsync(Func<bool> isMine, CancellationToken stop) =>
        RunAsync("sending to webhooks", new WebhookPump(_store, _delivery!, isMine, _faults, _time).RunAsync, stop);

    /// <summary>Notes the use of API keys once a minute, until <paramref name="stop"/>.</summary>
    public Task RunKeyUsesAsync(CancellationToken stop) =>
        RunAsync("noting the use of API keys", new KeyUseWriter(Services.KeyUses, _time).RunAsync, stop);

    /// <summary>Removes requests that are kept long enough, every ten minutes, until <paramref name="stop"/>.</summary>
    public Task RunRequestPurgeAsync(CancellationToken stop) =>
        RunAsync("removing old requests", new RequestPurger(_store, _faults, _time).RunAsync, stop);

    /// <summary>Removes requests that are kept long enough, now; <paramref name="stop"/> ends it between two batches.</summary>
    public Task PurgeRequestsAsync(CancellationToken stop) => new RequestPurger(_store, _faults, _time).PurgeAsync(stop);

    /// <summary>Runs something that should never end by itself, until <paramref name="stop"/>: what it throws is told, and it is begun again.</summary>
    public Task RunAsync(string name, Func<CancellationToken, Task> run, CancellationToken stop) => new Loop(name, run, _faults, _time).RunAsync(stop);

    private async Task EnsureAsync(TenantId tenant, string name)
    {
        var found = await Services.Tenants.GetAsync(tenant).ConfigureAwait(false);
        if (found.Error?.Code == ErrorCode.TenantNotFound)
        {
            var patch = new TenantPatch { DisplayName = name };
            found = await Services.Tenants.CreateAsync(tenant, patch, Caller.System("start")).ConfigureAwait(false);
            if (found.Error?.Code == ErrorCode.InvalidState)
            {
                // Another node was faster.
                found = await Services.Tenants.GetAsync(tenant).ConfigureAwait(false);
            }
        }
        if (found.Error?.Code == ErrorCode.Unavailable)
        {
            throw new StoreUnavailableException($"The tenant '{tenant}' cannot be made or read: {found.Error.Detail}.", isOutcomeKnown: false);
        }
        if (!found.IsOk)
        {
            throw new InvalidOperationException($"The tenant '{tenant}' cannot be made or read: {found.Error.Detail}.");
        }
    }
}
