using System.Collections.Immutable;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of one API key. A key is made as: intent stored (with a due row; it opens nothing yet) -> roles assigned
/// -> active. It ends as: revoked (it opens nothing any more; with a due row) -> assignments revoked -> done. What a crash
/// cut off is undone or completed by due work. Nothing is announced: nobody keeps a key in memory but the door, for seconds.
/// </summary>
public class ApiKeyActor : WriterActor, IApiKeyActor
{
    private const string AdminRole = "role_super_admin";

    private readonly ApiKeyId _id;
    private readonly IActorDirectory _directory;
    private readonly ITenantReplicas _replicas;
    private readonly IHeldRights _rights;
    private readonly SystemAdministrators _administrators;
    private ApiKeyState? _state;

    /// <summary>
    /// The writer of <paramref name="id"/>; its subject's writers are found in <paramref name="directory"/>, callers judged by
    /// <paramref name="rights"/>.
    /// </summary>
    public ApiKeyActor(ApiKeyId id, IActorDirectory directory, ITenantReplicas replicas, IHeldRights rights, ActorPorts ports)
        : base(ports) => (_id, _directory, _replicas, _rights, _administrators) = (id, directory, replicas, rights, new SystemAdministrators(ports));

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.Of(_id);

    /// <inheritdoc/>
    public Task<Result<ApiKey>> CreateAsync(TenantId owner, ApiKeyDraft draft, ImmutableArray<byte> hash, Caller caller) => TurnAsync<ApiKey>(caller, async () =>
    {
        if (await Ports.FindRepeatAsync<ApiKey>(caller) is { } done)
        {
            return done;
        }
        if (_state is not null)
        {
            return new AuthzError(ErrorCode.InvalidState, $"the API key `{_id}` exists");
        }
        var made = ApiKeyEditor.Make(_id, owner, draft, caller.NarrowedTo, hash, caller.Principal.ToString(), Ports.Now());
        if (!made.IsOk)
        {
            return made.Error;
        }
        var key = made.Value.Key;
        var refused = await GuardOf(key).CheckMakingAsync(caller) ?? await RolesOf(key).AssignAsync(caller.AsStep(), dryRun: true);
        return refused is null ? await MakeAsync(made.Value, caller) : refused;
    });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> RotateAsync(ImmutableArray<byte> hash, TimeSpan overlap, Caller caller) => TurnAsync<ApiKey>(caller, async () =>
    {
        if (_state is not { Stage: ApiKeyStage.Active } state)
        {
            return Refusals.NoApiKey(_id);
        }
        if (await GuardOf(state.Key).CheckRotationAsync(caller) is { } refused)
        {
            return refused;
        }
        var change = ApiKeyEditor.Rotate(state, hash, overlap, caller.Principal.ToString(), Ports.Now());
        return !change.IsOk ? change.Error : await StoreAsync(change.Value, caller) is { } error ? error : change.Value.State.Key;
    });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> ReplaceUntoldAsync(ImmutableArray<byte> hash, Caller caller) => TurnAsync<ApiKey>(async () =>
    {
        if (caller.Request is not { } request || await Ports.FindRequestAsync<ApiKey>(request) is not { } done)
        {
            return Refusals.NoApiKey(_id);
        }
        if (!done.IsOk || done.Value.Id != _id || _state is not { Stage: ApiKeyStage.Active } state)
        {
            return done.Error ?? Refusals.NoApiKey(_id);
        }
        if (await GuardOf(state.Key).CheckReplacementAsync(caller) is { } refused)
        {
            return refused;
        }
        var change = ApiKeyEditor.ReplaceUntold(state, done.Value.RotatedAt, hash, caller.Principal.ToString(), Ports.Now());
        return !change.IsOk ? change.Error : await StoreAsync(change.Value, caller.AsStep()) is { } error ? error : change.Value.State.Key;
    });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> RevokeAsync(Caller caller) => TurnAsync<ApiKey>(caller, async () =>
    {
        if (_state is not { Stage: ApiKeyStage.Active } state)
        {
            return Refusals.NoApiKey(_id);
        }
        if (await GuardOf(state.Key).CheckRevocationAsync(caller) is { } refusal)
        {
            return refusal;
        }
        var turns = await LetGoAsync(state.Key, caller);
        return (turns.IsOk ? await EndAsync(state, caller, turns.Value) : turns.Error) is { } error ? error : state.Key;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> LeaveAsync(TenantId tenant) => TurnAsync<bool>(async () =>
    {
        if (_state is not { Stage: ApiKeyStage.Active } state || (state.Key.Owner != tenant && !state.Key.Tenants.Contains(tenant)))
        {
            return true;
        }
        var caller = Caller.System(Ports.Ids.Next());
        var isOver = state.Key.Owner == tenant || state.Key.Tenants.Length == 1;
        var error = isOver ? await EndAsync(state, caller, AdministratorRows.None) : await StoreAsync(ApiKeyEditor.Leave(state, tenant), caller);
        return error is null ? true : error;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> TouchAsync(DateTimeOffset at) => TurnAsync<bool>(async () =>
    {
        if (_state is not { } state || ApiKeyEditor.Touch(state, at) is not { } touched)
        {
            return false;
        }
        return await StoreAsync(touched) is { } error ? error : true;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> ContinueAsync() => TurnAsync<bool>(async () =>
    {
        var caller = Caller.System(Ports.Ids.Next());
        AuthzError? error = null;
        switch (_state)
        {
            // Its token may be in its file already.
            case { Stage: ApiKeyStage.Making } state when _id == ApiKeyId.Admin:
                error = (await MakeAsync(state, caller)).Error;
                break;
            case { Stage: ApiKeyStage.Making } state:
                error = await UndoAsync(state, caller);
                break;
            case { Stage: ApiKeyStage.Revoking } state:
                error = await FinishEndAsync(state, caller);
                break;
            default:
                break;
        }
        return error is null ? true : error;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> EnsureAdminAsync(ImmutableArray<byte> hash, bool isNew) => TurnAsync<bool>(async () =>
    {
        var (caller, now) = (Caller.System("start"), Ports.Now());
        if (isNew || _state is null or { Stage: ApiKeyStage.Making })
        {
            var before = _state is { Stage: ApiKeyStage.Making, Key.RotatedAt: null } ? null : _state;
            var made = await MakeAsync(ApiKeyEditor.MakeAdmin(before, hash, AdminRole, caller.Principal.ToString(), now), caller);
            return made.IsOk ? true : made.Error;
        }
        return ApiKeyToken.Open(hash, _state, now) is not null;
    });

    /// <inheritdoc/>
    protected override bool Take(byte[]? state, long version, CellLoad? load)
    {
        _state = state is null ? null : ApiKeyCodec.Decode(state);
        return true;
    }

    private KeyRoles RolesOf(ApiKey key) => new(key, _directory, _replicas);

    private KeyGuard GuardOf(ApiKey key) => new(key, _directory, _replicas, _rights, Ports.Now());

    private async Task<Result<ApiKey>> MakeAsync(ApiKeyState making, Caller caller)
    {
        if (await StoreAsync(making) is { } error)
        {
            return error;
        }
        if (await RolesOf(making.Key).AssignAsync(caller.AsStep(), dryRun: false) is { } refused)
        {
            // What came of it may be unknown: then the due row leads back here.
            return refused.Code == ErrorCode.Unavailable ? refused : await UndoAsync(making, caller) ?? refused;
        }
        var change = ApiKeyEditor.Activate(making);
        var failed = await StoreAsync(change, caller);
        // Another making of the same request came first: that key counts.
        return failed is null ? change.State.Key : failed == Refusals.Repeated && await UndoAsync(making, caller) is { } undone ? undone : failed;
    }

    private async Task<AuthzError?> UndoAsync(ApiKeyState making, Caller caller) =>
        await RolesOf(making.Key).ReleaseAsync(caller.Trusted()) ?? await StoreAsync((ApiKeyState?)null);

    // The last key that administers `system` for ever is not revoked.
    private async ValueTask<Result<AdministratorRows>> LetGoAsync(ApiKey key, Caller caller) =>
        !caller.IsTrusted && key.Tenants.Contains(TenantId.System) && await _administrators.IsOneAsync(key.Subject)
            ? await _administrators.LetGoAsync((subject, _) => subject == key.Subject) : AdministratorRows.None;

    private async Task<AuthzError?> EndAsync(ApiKeyState state, Caller caller, AdministratorRows turns)
    {
        var change = ApiKeyEditor.Revoke(state, Ports.Now());
        if (await StoreAsync(change, caller, state.Key, turns) is { } error)
        {
            return error;
        }
        try
        {
            await FinishEndAsync(change.State, caller);
        }
        catch (StoreUnavailableException)
        {
            // The key is dead, and that is what was asked for. Due work does the rest.
        }
        return null;
    }

    private async Task<AuthzError?> FinishEndAsync(ApiKeyState revoking, Caller caller) =>
        await RolesOf(revoking.Key).ReleaseAsync(caller.Trusted()) ?? await StoreAsync(revoking with { Stage = ApiKeyStage.Revoked });

    // The last commit of what a request asks for; told is the key as it is then, or as it was.
    private async Task<AuthzError?> StoreAsync(ApiKeyChange change, Caller caller, ApiKey? answer = null, AdministratorRows? turns = null)
    {
        if (caller.Request is { } copy && await Ports.FindRefusalAsync(copy) is { } refused)
        {
            return refused;
        }
        return await StoreAsync(
            change.State, caller.Request is { } request ? Ports.Mark(request, answer ?? change.State.Key) : null, turns,
            change.Audit is { } entry ? [Pending(change.State.Key.Owner, entry, caller)] : []);
    }

    private async Task<AuthzError?> StoreAsync(ApiKeyState? next, RequestMark? request = null, AdministratorRows? turns = null, params OutboxRow[] outbox)
    {
        var (adds, removes) = IndexRows.Delta(RowsOf(_state), RowsOf(next));
        var commit = new Commit(Key, 0, next is null ? null : ApiKeyCodec.Encode(next))
        {
            Adds = adds,
            Removes = removes,
            // A tenant that is being removed looks for its keys once: none may come behind that.
            Requires = next is { Stage: ApiKeyStage.Making } ? [.. next.Key.Tenants.Append(next.Key.Owner).Distinct().Select(IndexRows.OfTenant)] : [],
            Outbox = outbox,
            Request = request,
        };
        var (own, refusal) = (turns ?? AdministratorRows.None, AuthzError.Invalid("tenants", "one of them is being removed"));
        var error = await CommitAsync(own.Guard(commit), async () => await _administrators.HasLostAsync(own) ? Refusals.LostRace : refusal);
        _state = error is null ? next : _state;
        return error;
    }

    private List<IndexRow> RowsOf(ApiKeyState? state)
    {
        var rows = new List<IndexRow>();
        if (state is { Stage: ApiKeyStage.Making or ApiKeyStage.Active, Key: var key })
        {
            rows.Add(IndexRows.OwnedKey(key.Owner, _id));
            rows.AddRange(key.Tenants.Select(tenant => IndexRows.ValidKey(tenant, _id)));
        }
        if (state is { Stage: ApiKeyStage.Making or ApiKeyStage.Revoking })
        {
            rows.Add(IndexRows.Due(Key, state.Key.RevokedAt ?? state.Key.RotatedAt ?? state.Key.CreatedAt));
        }
        return rows;
    }

    private OutboxRow Pending(TenantId tenant, AuditEntry entry, Caller caller) =>
        new(tenant, AuditCodec.EncodePending(entry, Ports.Ids.Next(), Ports.Now(), caller));
}
