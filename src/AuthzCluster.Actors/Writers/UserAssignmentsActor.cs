using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of what one subject holds. Its evaluations may run beside a turn, on any thread: they read
/// <see cref="_grants"/>, which is replaced whole and only by what was committed.
/// </summary>
public class UserAssignmentsActor : WriterActor, IUserAssignmentsActor
{
    private readonly TenantId _tenant;
    private readonly SubjectId _subject;
    private readonly ITenantReplica _replica;
    private readonly ICallerRights _rights;
    private volatile SubjectAssignments _state = SubjectAssignments.None;
    private volatile SubjectGrants? _grants;

    /// <summary>
    /// The writer of <paramref name="subject"/>, reading the model from the node's <paramref name="replica"/> and judging
    /// callers by <paramref name="rights"/>.
    /// </summary>
    public UserAssignmentsActor(TenantId tenant, SubjectId subject, ITenantReplica replica, ICallerRights rights, ActorPorts ports)
        : base(ports) => (_tenant, _subject, _replica, _rights) = (tenant, subject, replica, rights);

    /// <summary>Whether evaluations can be answered: something was read.</summary>
    public bool IsLoaded => _grants is not null;

    /// <summary>Whether what was read is nothing, so that reading it again is all it takes to be here again.</summary>
    public bool HoldsNothing => ReferenceEquals(_state, SubjectAssignments.None);

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.Of(_tenant, _subject);

    /// <summary>Reads what is stored. Of a tenant that is no more nothing is read: what is left of it may be on its way out.</summary>
    public override async Task LoadAsync()
    {
        if (await _replica.LoadAsync() is not null)
        {
            await base.LoadAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now)
    {
        var grants = _grants;
        var tenant = _replica.Current;
        return grants is not null && tenant is not null && ReferenceEquals(grants, _grants)
            ? new(DecisionEngine.Decide(tenant, grants, request, now))
            : EvaluateLoadedAsync(request, now);
    }

    /// <inheritdoc/>
    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        ReadBothAsync((model, own) => (Result<Explanation>)DecisionEngine.Explain(model, own, request, now));

    /// <inheritdoc/>
    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) =>
        ReadBothAsync((model, own) => (Result<IReadOnlyList<EffectivePermission>>)DecisionEngine.ListPermissions(model, own, now).ToArray());

    /// <inheritdoc/>
    public ValueTask<Result<SubjectAssignments>> ReadAsync() => ReadBothAsync((_, _) => (Result<SubjectAssignments>)_state);

    /// <inheritdoc/>
    public Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller) =>
        JudgedAsync(caller, (turn, model, rights) => AssignOneAsync(turn, model, rights, role, draft, caller));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller) =>
        JudgedAsync<IReadOnlyList<RowReport>>(caller, async (turn, model, rights) =>
        {
            var reports = Array.ConvertAll([.. rows], row => Report(row, Assign(turn, model, rights, row.Role, row.Draft, caller)));
            if (dryRun || await FinishAsync(turn, null) is not { } refused)
            {
                return reports;
            }
            if (refused.Code != ErrorCode.TenantNotFound)
            {
                return refused;
            }
            // One of the roles went away between the decision and the commit: whichever it was fails alone.
            for (var i = 0; i < reports.Length; i++)
            {
                reports[i] = Report(rows[i], await AssignOneAsync(NewTurn(), model, rights, rows[i].Role, rows[i].Draft, caller));
            }
            return reports;
        });

    /// <inheritdoc/>
    public Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller) =>
        ChangeAsync(
            turn => SubjectEditor.Revoke(turn.State, _subject, role, scope, turn.Now), caller, change => change.Affected.Length,
            (rights, _, change) => Guard.CheckScopes(rights, Rights.AssignmentsDelete, change.Affected));

    /// <inheritdoc/>
    public Task<Result<bool>> JoinTeamAsync(string team, Caller caller) =>
        ChangeAsync(
            turn => SubjectEditor.JoinTeam(turn.State, _subject, team, turn.Now), caller, change => !change.IsNoOp,
            (rights, model, change) => Guard.CheckScope(rights, Rights.TeamsUpdate, AttributeBag.Empty)
                ?? (change.IsNoOp ? null : Guard.CheckJoin(rights, model, team, Ports.Now())));

    /// <inheritdoc/>
    public Task<Result<bool>> LeaveTeamAsync(string team, Caller caller) =>
        ChangeAsync(
            turn => SubjectEditor.LeaveTeam(turn.State, _subject, team, turn.Now), caller, change => !change.IsNoOp,
            (rights, _, _) => Guard.CheckScope(rights, Rights.TeamsUpdate, AttributeBag.Empty));

    /// <inheritdoc/>
    public Task<Result<bool>> ExpireAsync() => WriteAsync<bool>(async (turn, _) =>
    {
        var isDue = turn.HasChanges;
        var error = await FinishAsync(turn, null);
        return error is null ? isDue : error;
    });

    /// <inheritdoc/>
    protected override void Take(byte[]? state)
    {
        var read = state is null ? SubjectAssignments.None : SubjectCodec.Decode(state);
        Swap(_replica.Current is { } model ? read.With(model.Model.Catalog) : read);
    }

    private void Swap(SubjectAssignments state)
    {
        _state = state;
        _grants = SubjectGrants.Compile(_subject, state);
    }

    private async Task<Result<AssignReply>> AssignOneAsync(
        SubjectTurn turn, CompiledTenant model, CallerRights rights, RoleId role, AssignmentDraft draft, Caller caller)
    {
        var reply = Assign(turn, model, rights, role, draft, caller);
        return reply.IsOk && await FinishAsync(turn, role) is { } error ? error : reply;
    }

    private static RowReport Report(SubjectRow row, Result<AssignReply> reply) =>
        new(row.Row, reply.IsOk ? reply.Value.Status : RowStatus.Failed, reply.Error);

    private Result<AssignReply> Assign(
        SubjectTurn turn, CompiledTenant model, CallerRights rights, RoleId role, AssignmentDraft draft, Caller caller)
    {
        if (model.Model.Catalog.Find(role) is not { IsDeleting: false } definition)
        {
            return Refusals.NoRole(role);
        }
        var change = SubjectEditor.Assign(turn.State, _subject, definition, draft, Ports.Ids.Next(), caller.Principal.ToString(), turn.Now);
        if (!change.IsOk)
        {
            return change.Error;
        }
        if ((Guard.CheckScope(rights, Rights.AssignmentsCreate, draft.Scope)
            ?? (change.Value.IsNoOp ? null : Guard.CheckAssignment(rights, model.Model, role, draft.Scope))) is { } refusal)
        {
            return refusal;
        }
        turn.Take(change.Value, caller);
        turn.Require(role);
        var status = change.Value.IsNoOp ? RowStatus.Unchanged : change.Value.IsNew ? RowStatus.Created : RowStatus.Updated;
        return new AssignReply(change.Value.Affected[0], status);
    }

    private Task<Result<T>> ChangeAsync<T>(
        Func<SubjectTurn, Result<SubjectChange>> decide, Caller caller, Func<SubjectChange, T> answer,
        Func<CallerRights, TenantModel, SubjectChange, AuthzError?> judge) => JudgedAsync<T>(caller, async (turn, model, rights) =>
        {
            var change = decide(turn);
            if (!change.IsOk)
            {
                return change.Error;
            }
            if (judge(rights, model.Model, change.Value) is { } refusal)
            {
                return refusal;
            }
            turn.Take(change.Value, caller);
            var error = await FinishAsync(turn, null);
            return error is null ? answer(change.Value) : error;
        });

    // The caller's rights are read here, inside the turn that writes: not at the door, and not before the line.
    private Task<Result<T>> JudgedAsync<T>(Caller caller, Func<SubjectTurn, CompiledTenant, CallerRights, Task<Result<T>>> turn) =>
        WriteAsync<T>(async (own, model) =>
        {
            var rights = await _rights.ReadAsync(model, caller);
            return rights.IsOk ? await turn(own, model, rights.Value) : rights.Error;
        });

    private Task<Result<T>> WriteAsync<T>(Func<SubjectTurn, CompiledTenant, Task<Result<T>>> turn) => TurnAsync(async () =>
    {
        var model = await _replica.LoadAsync();
        return model is null || !IsLoaded ? Refusals.NoTenant(_tenant) : await turn(NewTurn(), model);
    });

    private SubjectTurn NewTurn() => new(_tenant, _subject, _state, Ports);

    /// <summary>Commits what the turn has gathered, if anything, and announces: what is answered next is an acknowledgement.</summary>
    private async Task<AuthzError?> FinishAsync(SubjectTurn turn, RoleId? assigned)
    {
        var key = Key;
        if (turn.HasChanges)
        {
            if (await CommitAsync(turn.ToCommit(key), () => RefusedAsync(assigned)) is { } error)
            {
                return error;
            }
            Swap(turn.State);
        }
        await Ports.Announce.AcknowledgedEverywhereAsync(key, _state.Revision);
        return null;
    }

    /// <summary>
    /// What it means that a commit's required rows were not there: the tenant is gone, or the role that was needed is,
    /// or was for a moment, because a deletion looked whether it could be.
    /// </summary>
    private async ValueTask<AuthzError> RefusedAsync(RoleId? role) =>
        role is { } id && await _replica.LoadAsync() is not null ? Refusals.NoRole(id) : Refusals.NoTenant(_tenant);

    // Apart from EvaluateAsync, which must not pay for what is captured here.
    private ValueTask<Result<Decision>> EvaluateLoadedAsync(AccessRequest request, DateTimeOffset now) =>
        ReadBothAsync((model, own) => (Result<Decision>)DecisionEngine.Decide(model, own, request, now));

    private async ValueTask<Result<T>> ReadBothAsync<T>(Func<CompiledTenant, SubjectGrants, Result<T>> read)
    {
        try
        {
            while (true)
            {
                var grants = _grants;
                if (await _replica.LoadAsync() is not { } model)
                {
                    return Refusals.NoTenant(_tenant);
                }
                if (grants is null && _grants is null)
                {
                    return new AuthzError(ErrorCode.Unavailable, "what the subject holds could not be read");
                }
                // Never a model with grants from another moment than one at which both held.
                if (grants is not null && ReferenceEquals(grants, _grants))
                {
                    return read(model, grants);
                }
            }
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }
}
