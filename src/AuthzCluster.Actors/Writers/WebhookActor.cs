using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of one webhook: what it is, and how far it is. Events are sent outside of turns (<see cref="Services.WebhookDelivery"/>); what came of it counts only
/// where nobody has moved the cursor meanwhile. Who has events sent where they were not must have the right to read them. Nothing is announced: nobody answers from it.
/// </summary>
public class WebhookActor : WriterActor, IWebhookActor
{
    private const int MostOfATenant = 100, MostRaces = 50, LongestPause = 50;

    private readonly TenantId _tenant;
    private readonly string _id;
    private readonly ITenantReplicas _replicas;
    private readonly IHeldRights _rights;
    private WebhookState? _state;

    /// <summary>The writer of <paramref name="id"/>, judging callers by <paramref name="rights"/>.</summary>
    public WebhookActor(TenantId tenant, string id, ITenantReplicas replicas, IHeldRights rights, ActorPorts ports)
        : base(ports) => (_tenant, _id, _replicas, _rights) = (tenant, id, replicas, rights);

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.OfWebhook(_tenant, _id);

    /// <inheritdoc/>
    protected override bool IsOneCommit => true;

    /// <inheritdoc/>
    public Task<Result<IssuedWebhook>> CreateAsync(WebhookDraft draft, string secret, Caller caller) =>
        JudgedAsync([Rights.WebhooksCreate, Rights.EventsRead], caller, async () =>
        {
            if (await Ports.FindRepeatAsync<IssuedWebhook>(caller) is { } done)
            {
                return done;
            }
            if (_state is not null)
            {
                return new AuthzError(ErrorCode.InvalidState, $"the webhook `{_id}` exists");
            }
            var made = await MakeAsync(draft, secret, caller);
            for (var races = 1; races < MostRaces && made.Error == Refusals.LostRace; races++)
            {
                // Another was made meanwhile; not in step with all who lost to it.
                await Task.Delay((int)((uint)HashCode.Combine(_id, races) % LongestPause));
                made = await MakeAsync(draft, secret, caller);
            }
            return made;
        });

    /// <inheritdoc/>
    public Task<Result<Webhook>> UpdateAsync(WebhookDraft patch, long? ifVersion, Caller caller) =>
        ChangeAsync(SendsElsewhere(patch) ? [Rights.WebhooksUpdate, Rights.EventsRead] : [Rights.WebhooksUpdate], caller, state => WebhookEditor.Patch(state, patch, ifVersion, Ports.Now()), state => state.Hook);

    /// <inheritdoc/>
    public Task<Result<IssuedWebhook>> RotateAsync(string secret, TimeSpan overlap, Caller caller) => ChangeAsync(
        [Rights.WebhooksUpdate], caller, state => WebhookEditor.Rotate(state, secret, overlap, Ports.Now()), state => new IssuedWebhook(state.Hook, state.Secret));

    /// <inheritdoc/>
    public Task<Result<Webhook>> ReplayAsync(long from, Caller caller) =>
        ChangeAsync([Rights.WebhooksUpdate, Rights.EventsRead], caller, state => WebhookEditor.Replay(state, from, Ports.Now()), state => state.Hook);

    /// <inheritdoc/>
    public Task<Result<Webhook>> DeleteAsync(long? ifVersion, Caller caller) => JudgedAsync<Webhook>([Rights.WebhooksDelete], caller, async () =>
    {
        if (_state is not { } state)
        {
            return Refusals.NoWebhook(_id);
        }
        if (ifVersion is { } version && version != state.Hook.Version)
        {
            return new AuthzError(ErrorCode.PreconditionFailed, $"the webhook `{_id}` has version {state.Hook.Version}, not {version}");
        }
        var commit = ToCommit(null, Pending(WebhookEditor.Remove(state), caller));
        if (await CommitAsync(commit, caller, state.Hook, RefusedAsync) is { } error)
        {
            return error;
        }
        _state = null;
        return state.Hook;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> AdvanceAsync(WebhookProgress progress) => TurnAsync<bool>(async () =>
    {
        if (_state is not { } state || WebhookEditor.Advance(state, progress, Ports.Now()) is not { } next)
        {
            return false;
        }
        if (await CommitAsync(ToCommit(next), RefusedAsync) is { } error)
        {
            return error;
        }
        _state = next;
        return true;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> EndAsync() => TurnAsync<bool>(async () =>
    {
        if (_state is null)
        {
            return false;
        }
        // Of a tenant that goes: its row is not there any more.
        if (await CommitAsync(ToCommit(null) with { Requires = [] }, RefusedAsync) is { } error)
        {
            return error;
        }
        _state = null;
        return true;
    });

    /// <inheritdoc/>
    protected override bool Take(byte[]? state, long version, CellLoad? load)
    {
        _state = state is null ? null : WebhookCodec.Decode(state);
        return true;
    }

    private async Task<Result<IssuedWebhook>> MakeAsync(WebhookDraft draft, string secret, Caller caller)
    {
        // First: whoever is made behind this is noticed by the commit.
        var turn = await ReadTurnAsync();
        if ((await Ports.Store.ReadIndexAsync(_tenant, IndexNames.Webhooks, "", null, MostOfATenant)).Count == MostOfATenant)
        {
            return new AuthzError(ErrorCode.InvalidState, $"the tenant has {MostOfATenant} webhooks; more are not possible");
        }
        var last = (await Ports.Audit.ReadLastAsync(_tenant))?.Sequence ?? 0;
        return await StoreAsync(
            WebhookEditor.Make(_id, draft, secret, caller.Principal.ToString(), last, Ports.Now()), caller, state => new IssuedWebhook(state.Hook, state.Secret),
            commit => commit with
            {
                Adds = [.. commit.Adds, IndexRows.WebhookTurn(_tenant, _id)],
                Removes = turn is { } taken ? [.. commit.Removes, taken] : commit.Removes,
                Requires = turn is { } there ? [.. commit.Requires, there] : commit.Requires,
                Vacant = turn is null ? [IndexRows.WebhookTurn(_tenant, "")] : [],
            },
            async () => await ReadTurnAsync() != turn ? Refusals.LostRace : await RefusedAsync());
    }

    private async ValueTask<IndexRow?> ReadTurnAsync() =>
        (await Ports.Store.ReadIndexAsync(_tenant, IndexNames.Webhooks, IndexNames.WebhookTurn, null, 1)) is [var row, ..] ? row : null;

    // The caller's rights are read here, inside the turn that writes.
    private Task<Result<T>> JudgedAsync<T>(Permission[] needed, Caller caller, Func<Task<Result<T>>> turn) => TurnAsync(caller, async () =>
    {
        if (await _replicas.Of(_tenant).LoadAsync() is not { } model)
        {
            return Refusals.NoTenant(_tenant);
        }
        var rights = await _rights.ReadAsync(model, caller);
        var refusal = rights.Error ?? needed.Select(right => Guard.CheckScope(rights.Value!, right, AttributeBag.Empty)).FirstOrDefault(missing => missing is not null);
        return refusal is not null ? refusal : await turn();
    });

    private Task<Result<T>> ChangeAsync<T>(Permission[] needed, Caller caller, Func<WebhookState, Result<WebhookChange>> decide, Func<WebhookState, T> answer) =>
        JudgedAsync<T>(needed, caller, async () => _state is { } state ? await StoreAsync(decide(state), caller, answer) : Refusals.NoWebhook(_id));

    private async Task<Result<T>> StoreAsync<T>(
        Result<WebhookChange> decided, Caller caller, Func<WebhookState, T> answer, Func<Commit, Commit>? guard = null, Func<ValueTask<AuthzError>>? ifRefused = null)
    {
        if (!decided.IsOk)
        {
            return decided.Error;
        }
        var (next, entry) = decided.Value;
        if (next.Hook.Url != _state?.Hook.Url && TargetProblem(next.Hook.Url) is { } problem)
        {
            return AuthzError.Invalid("url", problem);
        }
        var reply = answer(next);
        if (entry is not null)
        {
            var commit = ToCommit(next, Pending(entry, caller));
            if (await CommitAsync(guard?.Invoke(commit) ?? commit, caller, reply, ifRefused ?? RefusedAsync) is { } error)
            {
                return error;
            }
            _state = next;
        }
        return reply;
    }

    // Of other types, too.
    private static bool SendsElsewhere(WebhookDraft patch) => patch.Url is not null || patch.Events is not null;

    private string? TargetProblem(string url) => Ports.Targets is { } targets ? targets.Problem(new Uri(url)) : "this service sends nothing";

    private Commit ToCommit(WebhookState? next, params OutboxRow[] outbox)
    {
        var (adds, removes) = IndexRows.Delta(RowsOf(_state), RowsOf(next));
        return new Commit(Key, 0, next is null ? null : WebhookCodec.Encode(next))
        {
            Adds = adds,
            Removes = next is null ? [.. removes, IndexRows.WebhookTurn(_tenant, _id)] : removes,
            // A tenant that is being removed looks for its webhooks once: none may come behind that.
            Requires = [IndexRows.OfTenant(_tenant)],
            Outbox = outbox,
        };
    }

    private List<IndexRow> RowsOf(WebhookState? state) =>
        state is null ? [] : state.Hook.IsActive ? [IndexRows.Webhook(_tenant, _id), IndexRows.ActiveWebhook(Key)] : [IndexRows.Webhook(_tenant, _id)];

    private ValueTask<AuthzError> RefusedAsync() => new(Refusals.NoTenant(_tenant));

    private OutboxRow Pending(AuditEntry entry, Caller caller) => new(_tenant, AuditCodec.EncodePending(entry, Ports.Ids.Next(), Ports.Now(), caller));
}
