using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The single writer of what one subject holds. Its reads may run beside a turn, on any thread: see <see cref="SubjectReader"/>.</summary>
public class UserAssignmentsActor : SharedWriterActor<SubjectState>, IUserAssignmentsActor
{
    private readonly TenantId _tenant;
    private readonly SubjectId _subject;
    private readonly ITenantReplica _replica;
    private readonly IEntityReplicas _entities;
    private readonly IHeldRights _rights;
    private readonly SubjectReader _reader;

    // What the turn goes by.
    private long _model;

    /// <summary>
    /// The writer of <paramref name="subject"/>, reading the model from the node's <paramref name="replica"/> and what is
    /// stored of subjects and resources from its <paramref name="entities"/>, and judging callers by <paramref name="rights"/>.
    /// </summary>
    public UserAssignmentsActor(
        TenantId tenant, SubjectId subject, ITenantReplica replica, IEntityReplicas entities, IHeldRights rights, ActorPorts ports)
        : this(tenant, subject, new Cell<SubjectState>(ActorKey.Of(tenant, subject), ports.Cells), replica, entities, rights, ports)
    {
    }

    /// <summary>Likewise, what the node has of the subject being in <paramref name="cell"/>.</summary>
    protected UserAssignmentsActor(
        TenantId tenant, SubjectId subject, Cell<SubjectState> cell, ITenantReplica replica, IEntityReplicas entities, IHeldRights rights, ActorPorts ports)
        : base(cell, ports)
    {
        (_tenant, _subject, _replica, _entities, _rights) = (tenant, subject, replica, entities, rights);
        _reader = new SubjectReader(tenant, cell, replica, entities, ports.Outside, ports.Decisions);
    }

    /// <summary>Whether evaluations can be answered: what was read counts.</summary>
    public bool IsLoaded => Shared is not null;

    /// <summary>Whether what was read is nothing, so that reading it again is all it takes to be here again.</summary>
    public bool HoldsNothing => Own is null || ReferenceEquals(Own.Assignments, SubjectAssignments.None);

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.Of(_tenant, _subject);

    /// <inheritdoc/>
    protected override async ValueTask<bool> MayReadAsync() => await _replica.LoadAsync() is not null;

    /// <inheritdoc/>
    public ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now) => _reader.EvaluateAsync(request, now);

    /// <inheritdoc/>
    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) => _reader.ExplainAsync(request, now);

    /// <inheritdoc/>
    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) => _reader.ListPermissionsAsync(now);

    /// <inheritdoc/>
    public ValueTask<Result<SubjectAssignments>> ReadAsync() => _reader.ReadAsync();

    /// <inheritdoc/>
    public Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller) =>
        JudgedAsync<AssignReply>(caller, async (turn, model, rights) =>
            await FindUnknownAsync(model) is { } unknown ? unknown : await AssignOneAsync(turn, model, rights, role, draft, caller));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller) =>
        JudgedAsync<IReadOnlyList<RowReport>>(caller, async (turn, model, rights) =>
        {
            if (await FindUnknownAsync(model) is { } unknown)
            {
                return unknown;
            }
            var reports = Array.ConvertAll([.. rows], row => Report(row, Assign(turn, model, rights, row.Role, row.Draft, caller)));
            return !dryRun && await FinishAsync(turn, caller, reports, null) is { } refused ? refused : reports;
        });

    /// <inheritdoc/>
    public Task<Result<Assignment>> PatchAsync(string assignment, AssignmentPatch patch, Caller caller) => JudgedAsync<Assignment>(caller, async (turn, model, rights) =>
    {
        var old = turn.State.Live.FirstOrDefault(live => live.Id == assignment);
        var change = SubjectEditor.Patch(turn.State, _subject, assignment, patch, turn.Now, Ports.Custom);
        if (!change.IsOk || old is null)
        {
            return change.Error!;
        }
        var next = change.Value.Affected[0];
        var isWider = AssignmentPatch.Widens(old, next);
        var role = model.Model.Catalog.Find(next.Role);
        if (isWider && role is not { IsDeleting: false })
        {
            return Refusals.NoRole(next.Role);
        }
        if (isWider && Editions.CheckAssign(model.Model.Edition, role!) is { } unavailable)
        {
            return unavailable;
        }
        if (Guard.CheckPatch(rights, model.Model, old, next) is { } refusal)
        {
            return refusal;
        }
        if (isWider && SeparationRules.CheckAssign(model.Model, _subject, change.Value.State, next.Role, turn.Now) is { } conflict)
        {
            return conflict;
        }
        turn.Take(change.Value, caller);
        if (isWider)
        {
            // As an assign: a deletion of the role and what gives more of it cannot pass each other.
            turn.Require(model.Model, next.Role);
        }
        var error = await FinishAsync(turn, caller, next, isWider ? next.Role : null);
        return error is null ? next : error;
    });

    /// <inheritdoc/>
    public Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller) =>
        ChangeAsync(
            turn => SubjectEditor.Revoke(turn.State, _subject, role, scope, turn.Now), caller, change => change.Affected.Length,
            (rights, _, _, change) => Guard.CheckScopes(rights, Rights.AssignmentsDelete, change.Affected));

    /// <inheritdoc/>
    public Task<Result<bool>> JoinTeamAsync(string team, Caller caller) =>
        ChangeAsync(
            turn => SubjectEditor.JoinTeam(turn.State, _subject, team, turn.Now), caller, change => !change.IsNoOp,
            (rights, model, turn, change) => Guard.CheckScope(rights, Rights.TeamsUpdate, AttributeBag.Empty)
                ?? (change.IsNoOp ? null : Editions.CheckJoin(model, team, turn.Now) ?? Guard.CheckJoin(rights, model, team, turn.Now)
                    ?? SeparationRules.CheckJoin(model, _subject, change.State, team, turn.Now)),
            (turn, model) => turn.Require(model, team));

    /// <inheritdoc/>
    public Task<Result<bool>> LeaveTeamAsync(string team, Caller caller) =>
        ChangeAsync(
            turn => SubjectEditor.LeaveTeam(turn.State, _subject, team, turn.Now), caller, change => !change.IsNoOp,
            (rights, _, _, _) => Guard.CheckScope(rights, Rights.TeamsUpdate, AttributeBag.Empty));

    /// <inheritdoc/>
    public Task<Result<bool>> ExpireAsync() => WriteAsync<bool>(null, async (turn, model) =>
    {
        var isDue = turn.HasChanges;
        // What says that it is due may have been written by other settings: else it would be due for ever.
        var isStale = Version > 0 && (Upkeep.Of(model.Model).IsAny || model.Model.Sweeping != 0);
        var error = !isDue && isStale ? await CommitAsync(turn.ToCommit(Key, realign: true), () => RefusedAsync(null)) : await FinishAsync(turn, null, isDue, null);
        if (error is null && !isDue && isStale)
        {
            Swap(Own!);
        }
        return error is null ? isDue : error;
    });

    /// <inheritdoc/>
    protected override SubjectState Decode(byte[]? state) => SubjectState.Of(_subject, state, _replica.Current, Ports.Custom);

    private protected override ValueTask AcknowledgeAsync() => AcknowledgeAsync(_tenant, _model);

    private async Task<Result<AssignReply>> AssignOneAsync(
        SubjectTurn turn, CompiledTenant model, CallerRights rights, RoleId role, AssignmentDraft draft, Caller caller)
    {
        var reply = Assign(turn, model, rights, role, draft, caller);
        return reply.IsOk && await FinishAsync(turn, caller, reply.Value, role) is { } error ? error : reply;
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
        if (Editions.CheckAssign(model.Model.Edition, definition) is { } unavailable)
        {
            return unavailable;
        }
        var change = SubjectEditor.Assign(turn.State, _subject, definition, draft, Ports.Ids.Next(), caller.Principal.ToString(), turn.Now, Ports.Custom);
        if (!change.IsOk)
        {
            return change.Error;
        }
        if ((Guard.CheckScope(rights, caller.RightTo(Rights.AssignmentsCreate), draft.Scope)
            ?? (change.Value.IsNoOp ? null : Guard.CheckAssignment(rights, model.Model, role, draft.Scope)
                ?? SeparationRules.CheckAssign(model.Model, _subject, change.Value.State, role, turn.Now))) is { } refusal)
        {
            return refusal;
        }
        turn.Take(change.Value, caller);
        turn.Require(model.Model, role);
        if (MustBeKnown(model))
        {
            turn.RequireEntity();
        }
        var status = change.Value.IsNoOp ? RowStatus.Unchanged : change.Value.IsNew ? RowStatus.Created : RowStatus.Updated;
        return new AssignReply(change.Value.Affected[0], status);
    }

    private Task<Result<T>> ChangeAsync<T>(
        Func<SubjectTurn, Result<SubjectChange>> decide, Caller caller, Func<SubjectChange, T> answer,
        Func<CallerRights, TenantModel, SubjectTurn, SubjectChange, AuthzError?> judge, Action<SubjectTurn, TenantModel>? require = null) => JudgedAsync<T>(caller, async (turn, model, rights) =>
        {
            var change = decide(turn);
            if (!change.IsOk)
            {
                return change.Error;
            }
            if (judge(rights, model.Model, turn, change.Value) is { } refusal)
            {
                return refusal;
            }
            turn.Take(change.Value, caller);
            require?.Invoke(turn, model.Model);
            var reply = answer(change.Value);
            var error = await FinishAsync(turn, caller, reply, null);
            return error is null ? reply : error;
        });

    // The caller's rights are read here, inside the turn that writes: not at the door, and not before the line.
    private Task<Result<T>> JudgedAsync<T>(Caller caller, Func<SubjectTurn, CompiledTenant, CallerRights, Task<Result<T>>> turn) =>
        WriteAsync<T>(caller, async (own, model) =>
        {
            var rights = await _rights.ReadAsync(model, caller);
            return rights.IsOk ? await turn(own, model, rights.Value) : rights.Error;
        });

    private Task<Result<T>> WriteAsync<T>(Caller? caller, Func<SubjectTurn, CompiledTenant, Task<Result<T>>> turn) => TurnAsync(caller, async () =>
    {
        _model = 0;
        var model = await _replica.LoadAsync();
        // What was read before the tenant went, and came again, is another's.
        if (model is null || !IsCurrent)
        {
            return Refusals.NoTenant(_tenant);
        }
        _model = _replica.VersionOf(model);
        return await turn(new SubjectTurn(_tenant, _subject, Own!.Assignments, Upkeep.Of(model.Model), Ports), model);
    });

    /// <summary>Commits what the turn has gathered, if anything.</summary>
    private async Task<AuthzError?> FinishAsync<T>(SubjectTurn turn, Caller? caller, T answer, RoleId? assigned)
    {
        if (turn.HasChanges)
        {
            var turns = await LetGoAsync(turn, caller);
            if (!turns.IsOk)
            {
                return turns.Error;
            }
            var commit = turns.Value.Guard(turn.ToCommit(Key));
            async ValueTask<AuthzError> ifRefused() => await new SystemAdministrators(Ports).HasLostAsync(turns.Value) ? Refusals.LostRace : await RefusedAsync(assigned);
            var error = caller is null ? await CommitAsync(commit, ifRefused) : await CommitAsync(commit, caller, answer, ifRefused);
            if (error is not null)
            {
                return error;
            }
            Swap(SubjectState.Of(_subject, turn.State, Ports.Custom));
        }
        return null;
    }

    // What time ended, and steps of what was judged when it began, are not asked.
    private ValueTask<Result<AdministratorRows>> LetGoAsync(SubjectTurn turn, Caller? caller) =>
        _tenant == TenantId.System && caller is { IsTrusted: false } && SystemAdministrators.IsOne(Own!.Assignments, turn.Now) && !SystemAdministrators.IsOne(turn.State, turn.Now)
            ? new SystemAdministrators(Ports).LetGoAsync((subject, _) => subject == _subject) : new(AdministratorRows.None);

    /// <summary>
    /// What it means that what a commit went by was not there: the tenant is gone, or the role that was needed is; or else it counts toward
    /// other constraints, or was away for a moment because a deletion looked whether it could be: then it is to be decided again, by the
    /// model as it is stored, announced or not.
    /// </summary>
    private async ValueTask<AuthzError> RefusedAsync(RoleId? role)
    {
        var key = ActorKey.Of(_tenant);
        if (await Ports.Store.ReadAsync(key) is not { } stored)
        {
            return Refusals.NoTenant(_tenant);
        }
        Ports.Cells.Raise(key, stored.Version);
        return await _replica.LoadAsync() is not { } model ? Refusals.NoTenant(_tenant)
            : role is not { } id ? Refusals.LostRace
            : await FindUnknownAsync(model) ?? (model.Model.Catalog.Find(id) is { IsDeleting: false } ? Refusals.LostRace : Refusals.NoRole(id));
    }

    // Others than users are not in anybody's directory: services have keys.
    private bool MustBeKnown(CompiledTenant model) => model.Model.RequiresKnownSubjects && _subject.Type == SubjectId.UserType;

    /// <summary>The refusal of a user who would have to be a stored entity and is none; that it still is one is then required of the commit.</summary>
    private async ValueTask<AuthzError?> FindUnknownAsync(CompiledTenant model) =>
        !MustBeKnown(model) || await _entities.Of(_tenant, EntityId.Of(_subject)).LoadAsync() is { IsStored: true } ? null : Refusals.UnknownUser("user_id");
}
