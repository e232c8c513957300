using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of one role's life. Its own state is a deletion in progress and nothing else. That goes:
/// intent stored (with a due row) -> tombstone in the model, after which no commit of an assignment passes ->
/// holders decided by the index -> role removed or tombstone taken back -> intent removed.
/// </summary>
public partial class RoleActor : WriterActor, IRoleActor
{
    /// <summary>How many holders a step revokes, all at once.</summary>
    private const int BatchSize = 64;

    private readonly TenantId _tenant;
    private readonly RoleId _role;
    private readonly IActorDirectory _directory;
    private readonly ITenantReplica _replica;
    private RoleDeletion? _deletion;

    /// <summary>The writer of <paramref name="role"/>; the others that it needs are found in <paramref name="directory"/>.</summary>
    public RoleActor(TenantId tenant, RoleId role, IActorDirectory directory, ITenantReplica replica, ActorPorts ports)
        : base(ports) => (_tenant, _role, _directory, _replica) = (tenant, role, directory, replica);

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.Of(_tenant, _role);

    /// <inheritdoc/>
    public Task<Result<RoleChange>> EditAsync(RoleEdit edit, Caller caller) => TurnAsync<RoleChange>(async () =>
        await SettleAsync() is { } error ? error : await CommitEditAsync(edit, caller));

    /// <inheritdoc/>
    public Task<Result<DeleteStep>> DeleteAsync(bool force, long? ifVersion, Caller caller) => TurnAsync<DeleteStep>(async () =>
    {
        var step = await DeleteOnceAsync(force, ifVersion, caller);
        if (step.Error is { Code: not (ErrorCode.Unavailable or ErrorCode.Forbidden) } refused && caller.Request is { MayBeRepeat: true } request)
        {
            await Ports.KeepRefusalAsync(request, refused);
        }
        return step;
    });

    private async Task<Result<DeleteStep>> DeleteOnceAsync(bool force, long? ifVersion, Caller caller)
    {
        if (await SettleAsync() is { } unsettled)
        {
            return unsettled;
        }
        if (_deletion is { } begun && begun.IsOf(caller))
        {
            // Cut off, or what it did was not known: it goes on, or is taken back and begun anew.
            var continued = await GoOnAsync(begun);
            if (!continued.IsOk || _deletion is not null)
            {
                return continued;
            }
        }
        if (await Ports.FindRepeatAsync<RoleChange>(caller) is { } done)
        {
            return await RepeatAsync(done, caller);
        }
        if (_deletion is not null)
        {
            return BeingDeleted();
        }
        if (await RefusalAsync(force, ifVersion) is { } refusal)
        {
            return refusal;
        }
        if (await BeginAsync(new RoleDeletion(force, caller)) is { } error)
        {
            return error;
        }
        var marked = await CommitEditAsync(new RoleEdit.BeginDelete(_role, ifVersion), caller.AsPart());
        if (!marked.IsOk)
        {
            // What came of it may be unknown; the due row leads back here.
            return marked.Error.Code == ErrorCode.Unavailable ? marked.Error : await EndAsync() ?? marked.Error;
        }
        var step = await StepAsync(_deletion!);
        while (!force && step is { IsOk: true, Value: DeleteStep.Continues })
        {
            step = await StepAsync(_deletion!);
        }
        return step;
    }

    /// <inheritdoc/>
    public Task<Result<DeleteStep>> ContinueAsync() => TurnAsync<DeleteStep>(async () =>
    {
        if (_deletion is not { } deletion)
        {
            return DeleteStep.Finished;
        }
        if (await _replica.LoadAsync() is null)
        {
            // The tenant is being removed, and this intent with it.
            return DeleteStep.Finished;
        }
        return deletion.IsMaking ? await UndoStepAsync(deletion) : await GoOnAsync(deletion);
    });

    /// <inheritdoc/>
    protected override bool Take(byte[]? state, long version, CellLoad? load)
    {
        _deletion = state is null ? null : RoleDeletionCodec.Decode(state);
        return true;
    }

    /// <summary>The next step of a deletion that is found begun; one that was not forced is taken back.</summary>
    private async Task<Result<DeleteStep>> GoOnAsync(RoleDeletion deletion)
    {
        var found = await LookAsync(deletion.Caller);
        if (!found.IsOk)
        {
            return found.Error;
        }
        if (found.Value.Role is not { IsDeleting: true })
        {
            // Cut off before the tombstone, or after the end.
            return await EndAsync() is { } error ? error : DeleteStep.Finished;
        }
        return deletion.IsForced ? await StepAsync(deletion) : await CancelAsync(deletion) is { } failed ? failed : DeleteStep.Finished;
    }

    // The role went by the model's commit, which tells of the request. A look has it announced again.
    private async Task<Result<DeleteStep>> RepeatAsync(Result<RoleChange> done, Caller caller) =>
        done.Error is { } other ? other
        : (await LookAsync(caller)).Error is { } error ? error
        : DeleteStep.Finished;

    private AuthzError BeingDeleted() => new(ErrorCode.InvalidState, $"the role `{_role}` is being deleted");

    private Task<Result<RoleChange>> CommitEditAsync(RoleEdit edit, Caller caller) => _directory.Tenant(_tenant).EditRoleAsync(edit, caller);

    // By a turn of the model's writer: after a commit of unknown outcome the replica may be behind what is stored.
    private Task<Result<RoleChange>> LookAsync(Caller caller) => CommitEditAsync(new RoleEdit.Look(_role), caller.AsStep());

    /// <summary>What can be refused before anything is stored.</summary>
    private async Task<AuthzError?> RefusalAsync(bool force, long? ifVersion)
    {
        if (await _replica.LoadAsync() is not { Model: var model })
        {
            return Refusals.NoTenant(_tenant);
        }
        var trial = RoleEditor.BeginDelete(model, _role, ifVersion, Ports.Now());
        return !trial.IsOk ? trial.Error : !force && await IsHeldAsync(model) ? Refusals.RoleInUse(_role) : null;
    }

    // Another activation may have come to the end meanwhile: what was begun here is over then, and no refusal.
    private async Task<Result<DeleteStep>> StepAsync(RoleDeletion deletion)
    {
        var step = await TryStepAsync(deletion);
        return step.Error is { Code: ErrorCode.RoleNotFound } && await LookAsync(deletion.Caller) is { IsOk: true, Value.Role: null }
            ? await EndAsync() is { } error ? error : DeleteStep.Finished
            : step;
    }

    /// <summary>One batch of holders; the end where there are none. The tombstone stands: no new ones come.</summary>
    private async Task<Result<DeleteStep>> TryStepAsync(RoleDeletion deletion)
    {
        if (await _replica.LoadAsync() is not { Model: var model })
        {
            return Refusals.NoTenant(_tenant);
        }
        if (!deletion.IsForced && await IsHeldAsync(model))
        {
            return await CancelAsync(deletion) ?? Refusals.RoleInUse(_role);
        }
        // Of the request, so that a copy that comes late takes nothing away behind its answer.
        var step = deletion.Caller.AsPart().Trusted();
        foreach (var team in TeamsOf(model))
        {
            var revoked = await _directory.Tenant(_tenant).RevokeTeamAsync(team, _role, null, step);
            if (!revoked.IsOk && revoked.Error.Code != ErrorCode.AssignmentNotFound)
            {
                return revoked.Error;
            }
        }
        var requests = await Ports.Store.ReadIndexAsync(_tenant, IndexNames.RoleRequests, RequestRows.OpenOf(_role), null, BatchSize);
        foreach (var row in requests)
        {
            var request = _directory.RoleRequest(_tenant, row.Member);
            if ((await (deletion.IsForced ? request.WithdrawAsync(step) : request.ContinueAsync())).Error is { } unended)
            {
                return unended;
            }
        }
        // Behind the requests: one of them may have come to its end. Ended holdings that no expiry has tidied away yet are in the index too.
        var holders = await Ports.Store.ReadIndexAsync(_tenant, IndexNames.RoleHolders, _role.Value, null, BatchSize);
        var outcomes = await Task.WhenAll(holders.Select(row => ReleaseAsync(new ActorKey(row.Member).Subject, deletion.IsForced, step)));
        if (Array.Find(outcomes, outcome => outcome is not null) is { } failed)
        {
            return failed;
        }
        if (holders.Count == BatchSize || requests.Count == BatchSize)
        {
            return DeleteStep.Continues;
        }
        var finished = await CommitEditAsync(new RoleEdit.FinishDelete(_role), deletion.Caller);
        return !finished.IsOk ? finished.Error : await EndAsync() is { } error ? error : DeleteStep.Finished;
    }

    private async Task<AuthzError?> ReleaseAsync(SubjectId holder, bool isForced, Caller caller)
    {
        var subject = _directory.Subject(_tenant, holder);
        if (!isForced)
        {
            // Nobody holds it, and only what has ended is in the way. It may have been taken back meanwhile by another activation: then what is held is left alone.
            return (await subject.ExpireAsync()).Error;
        }
        var revoked = await subject.RevokeAsync(_role, null, caller);
        if (revoked.IsOk || revoked.Error.Code != ErrorCode.AssignmentNotFound)
        {
            return revoked.Error;
        }
        return (await subject.ExpireAsync()).Error;
    }

    private async Task<bool> IsHeldAsync(TenantModel model) =>
        TeamsOf(model).Count > 0
        || await Ports.Store.CountIndexAsync(_tenant, IndexNames.RoleHolders, _role.Value, Ports.Now()) > 0
        || await Ports.Store.CountIndexAsync(_tenant, IndexNames.RoleRequests, RequestRows.OpenOf(_role), Ports.Now()) > 0;

    private List<string> TeamsOf(TenantModel model)
    {
        var now = Ports.Now();
        return [.. model.TeamGrants.Where(team => team.Value.Any(grant => grant.Role == _role && grant.IsLiveAt(now))).Select(team => team.Key)];
    }

    private async Task<AuthzError?> CancelAsync(RoleDeletion deletion)
    {
        var cancelled = await CommitEditAsync(new RoleEdit.CancelDelete(_role), deletion.Caller.AsStep());
        return cancelled.IsOk ? await EndAsync() : cancelled.Error;
    }

    private async Task<AuthzError?> BeginAsync(RoleDeletion deletion)
    {
        var commit = new Commit(Key, 0, RoleDeletionCodec.Encode(deletion))
        {
            Adds = [IndexRows.Due(Key, Ports.Now())],
            Requires = [IndexRows.OfTenant(_tenant)],
        };
        var error = await CommitAsync(commit, () => new(Refusals.NoTenant(_tenant)));
        _deletion = error is null ? deletion : _deletion;
        return error;
    }

    private async Task<AuthzError?> EndAsync()
    {
        var commit = new Commit(Key, 0, null) { Removes = [IndexRows.Due(Key, null)] };
        var error = await CommitAsync(commit, () => new(Refusals.NoTenant(_tenant)));
        _deletion = error is null ? null : _deletion;
        return error;
    }
}
