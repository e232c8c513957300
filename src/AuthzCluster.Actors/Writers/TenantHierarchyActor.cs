using System.Collections.Immutable;
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
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of a tenant's model. A turn decides by a pure editor, commits, swaps <see cref="Compiled"/>,
/// announces and acknowledges. A tenant that is being removed has an empty state until all else of it is gone.
/// </summary>
public partial class TenantHierarchyActor : SharedWriterActor<ModelState>, ITenantHierarchyActor
{
    private static readonly byte[] Tombstone = [];

    private readonly TenantId _tenant;
    private readonly IHeldRights _rights;

    /// <summary>The writer of <paramref name="tenant"/>, judging callers by <paramref name="rights"/>.</summary>
    public TenantHierarchyActor(TenantId tenant, IHeldRights rights, ActorPorts ports)
        : base(new Cell<ModelState>(ActorKey.Of(tenant), ports.Cells), ports) => (_tenant, _rights) = (tenant, rights);

    /// <summary>The committed model, for any thread; null: not read, or there is no such tenant.</summary>
    public CompiledTenant? Compiled => Shared?.Compiled;

    /// <summary>Whether anything was read, so that no <see cref="Compiled"/> means no tenant.</summary>
    public bool IsLoaded => Shared is not null;

    // What turns work on.
    private CompiledTenant? Model => Own?.Compiled;

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.Of(_tenant);

    /// <inheritdoc/>
    public Task<Result<TenantView>> CreateAsync(TenantPatch patch, Caller caller) => TurnAsync<TenantView>(caller, async () =>
    {
        if (Model is not null || Own!.IsBeingRemoved)
        {
            return new AuthzError(ErrorCode.InvalidState, Own!.IsBeingRemoved ? $"the tenant `{_tenant}` is being removed" : $"the tenant `{_tenant}` exists");
        }
        if (await SystemRefusalAsync(Rights.TenantsCreate, caller) is { } refusal)
        {
            return refusal;
        }
        // Revisions begin anew: what any node has of an earlier tenant of this name, to its very end, must be gone before. (That its removal was announced is not sure.)
        await Ports.Announce.AcknowledgedEverywhereAsync(new StoredRevision(Key, long.MaxValue));
        var now = Ports.Now();
        var change = TenantEditor.Create(_tenant, patch, now);
        return await CommitAsync(change, caller, now, made => TenantView.Of(made.Model));
    });

    /// <inheritdoc/>
    public Task<Result<TenantView>> UpdateAsync(TenantPatch patch, long? ifVersion, Caller caller) => ModelTurnAsync<TenantView>(caller, async (model, now) =>
        await SystemRefusalAsync(Rights.TenantsUpdate, caller) is { } refusal
            ? refusal
            : await CommitAsync(TenantEditor.Update(model, patch, ifVersion, now), caller, now, change => TenantView.Of(change.Model)));

    /// <inheritdoc/>
    public Task<Result<RoleChange>> EditRoleAsync(RoleEdit edit, Caller caller) => ChangeAsync(
        (model, now) => RoleEdits.Decide(model, edit, now), caller,
        change => new RoleChange(change.Model.Catalog.Find(edit.Role), edit is RoleEdit.EndMaking end ? end.Warnings : change.Warnings)
        {
            Policy = edit is RoleEdit.AddPolicy add ? add.Draft.Id ?? add.NewId : null,
        },
        edit.Right, edit is RoleEdit.BeginDelete ? (rights, model, _) => Guard.CheckDeletion(rights, model, edit.Role) : edit.MayGive ? Guard.CheckChange : null);

    /// <inheritdoc/>
    public Task<Result<AssignReply>> AssignTeamAsync(string team, RoleId role, AssignmentDraft draft, bool dryRun, Caller caller) => ChangeAsync(
        (model, now) => TeamGrantEditor.Assign(model, team, role, draft, Ports.Ids.Next(), caller.Principal.ToString(), now), caller,
        change => new AssignReply(
            change.TeamAssignments[0], change.IsNoOp ? RowStatus.Unchanged : change.IsNew ? RowStatus.Created : RowStatus.Updated),
        null, (rights, model, change) => Guard.CheckScope(rights, caller.RightTo(Rights.AssignmentsCreate), draft.Scope) ?? Guard.CheckChange(rights, model, change), dryRun);

    /// <inheritdoc/>
    public Task<Result<TeamAssignment>> PatchTeamAsync(string assignment, AssignmentPatch patch, Caller caller) => ChangeAsync(
        (model, now) => TeamGrantEditor.Patch(model, assignment, patch, now), caller, change => TeamGrantEditor.Find(change.Model, assignment)!,
        null, (rights, model, change) => Guard.CheckPatch(rights, model, TeamGrantEditor.Find(model, assignment)!.Assignment, change.TeamAssignments[0]));

    /// <inheritdoc/>
    public Task<Result<int>> RevokeTeamAsync(string team, RoleId role, AttributeBag? scope, Caller caller) => ChangeAsync(
        (model, now) => TeamGrantEditor.Revoke(model, team, role, scope, now), caller, change => change.TeamAssignments.Length,
        null, (rights, _, change) => Guard.CheckScopes(rights, Rights.AssignmentsDelete, change.TeamAssignments));

    /// <inheritdoc/>
    public Task<Result<bool>> AddEntityTypeAsync(string type) => ChangeAsync(
        (model, now) => EntityTypeEditor.Add(model, [type], now), Caller.System(Ports.Ids.Next()), change => !change.IsNoOp, null, null);

    /// <inheritdoc/>
    public Task<Result<ImportReport>> ImportAsync(ModelImport import, bool dryRun, Caller caller) => ModelTurnAsync<ImportReport>(caller, async (model, now) =>
    {
        var rights = Holding(Rights.ModelImport, await _rights.ReadAsync(Model!, caller));
        if (!rights.IsOk)
        {
            return rights.Error;
        }
        var imported = ModelImporter.Import(model, import, Ports.Ids.Next, caller.Principal.ToString(), now);
        if (!imported.IsOk)
        {
            return imported.Error;
        }
        var change = imported.Value.Change;
        if (Guard.CheckChange(rights.Value, model, change) is { } refusal)
        {
            return refusal;
        }
        var report = ImportReport.Of(imported.Value);
        return dryRun ? await FindConflictAsync(change, now) is { } conflict ? conflict : report : await CommitAsync(change, caller, now, _ => report);
    });

    /// <inheritdoc/>
    public Task<Result<bool>> RegisterPermissionAsync(string permission, string? description, Caller caller) => ChangeAsync(
        (model, now) => RegistryEditor.Register(model, permission, description, now), caller, change => change.IsNew, Rights.PermissionsCreate, null);

    /// <inheritdoc/>
    public Task<Result<bool>> RemovePermissionAsync(Permission permission, Caller caller) => ChangeAsync(
        (model, now) => RegistryEditor.Remove(model, permission, now), caller, _ => true, Rights.PermissionsDelete, null);

    /// <inheritdoc/>
    public Task<Result<TenantId>> DeleteAsync(long? ifVersion, Caller caller) => ModelTurnAsync<TenantId>(caller, async (model, now) =>
    {
        if (await SystemRefusalAsync(Rights.TenantsDelete, caller) is { } refusal)
        {
            return refusal;
        }
        if (ifVersion is { } version && version != model.Revision)
        {
            return new AuthzError(ErrorCode.PreconditionFailed, $"the tenant is at version {model.Revision}");
        }
        // Keys that were made in it end with it.
        var administrators = new SystemAdministrators(Ports);
        var turns = caller.IsTrusted ? AdministratorRows.None : await administrators.LetGoAsync((_, key) => key?.Owner == _tenant);
        if (!turns.IsOk)
        {
            return turns.Error;
        }
        var before = AttributeBag.Of(("display_name", AttributeValue.Of(model.DisplayName)));
        var entry = new AuditEntry(AuditActions.TenantDeleted, "tenant", _tenant.Value, before, null);
        var commit = new Commit(Key, 0, Tombstone)
        {
            Adds = [IndexRows.Due(Key, now)],
            Removes = [IndexRows.OfTenant(_tenant)],
            Outbox = [Pending(entry, caller, now)],
        };
        async ValueTask<AuthzError> ifRefused() => await administrators.HasLostAsync(turns.Value) ? Refusals.LostRace : Refusals.NoTenant(_tenant);
        if (await CommitAsync(turns.Value.Guard(commit), caller, _tenant, ifRefused) is { } error)
        {
            return error;
        }
        Swap(ModelState.BeingRemoved);
        return _tenant;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> PurgeAsync() => TurnAsync<bool>(async () =>
    {
        if (!Own!.IsBeingRemoved)
        {
            return false;
        }
        // A later tenant of this name begins at the first revisions again: what any node has of this one must be gone by then.
        await Ports.Announce.TenantGoneEverywhereAsync(_tenant);
        Forget();
        await Ports.Store.PurgeAsync(_tenant);
        await LoadAsync();
        return true;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> ExpireAsync() => TurnAsync<bool>(async () =>
    {
        if (Model is not { Model: var model })
        {
            return !Own!.IsBeingRemoved;
        }
        var now = Ports.Now();
        var expired = TeamGrantEditor.Expire(model, now);
        return !expired.IsNoOp ? await CommitAsync<bool>(expired, Caller.System(Ports.Ids.Next()), now, _ => true)
            : await EndCheckAsync(now) is { } error ? error : true;
    });

    /// <summary>Due work: ends team assignments whose time is over, and nothing else. False: there was none, or the writer looks at holders.</summary>
    public Task<Result<bool>> ExpireTeamsAsync() => TurnAsync<bool>(async () =>
    {
        if (Model is not { Model: { Checking: null } model })
        {
            return false;
        }
        var now = Ports.Now();
        var expired = TeamGrantEditor.Expire(model, now);
        return expired.IsNoOp ? false : await CommitAsync<bool>(expired, Caller.System(Ports.Ids.Next()), now, _ => true);
    });

    /// <inheritdoc/>
    public Task<Result<bool>> SweptAsync(long revision) => ChangeAsync(
        (model, now) => TenantEditor.Swept(model, revision, now), Caller.System(Ports.Ids.Next()), change => !change.IsNoOp, null, null);

    /// <inheritdoc/>
    protected override ModelState Decode(byte[]? state) => ModelState.Of(state, Ports.Custom);

    private Task<Result<T>> ChangeAsync<T>(
        Func<TenantModel, DateTimeOffset, Result<ModelChange>> decide, Caller caller, Func<ModelChange, T> answer,
        Permission? right, Func<CallerRights, TenantModel, ModelChange, AuthzError?>? judge, bool dryRun = false) => ModelTurnAsync<T>(caller, async (model, now) =>
        {
            // The caller's rights are read here, inside the turn that writes: not at the door, and not before the line.
            var rights = right is null && judge is null ? CallerRights.All : Holding(right, await _rights.ReadAsync(Model!, caller));
            if (!rights.IsOk)
            {
                return rights.Error;
            }
            var change = decide(model, now);
            return change.IsOk && judge?.Invoke(rights.Value, model, change.Value) is { } refusal ? refusal
                : change.IsOk && dryRun ? await FindConflictAsync(change.Value, now) is { } conflict ? conflict : answer(change.Value)
                : await CommitAsync(change, caller, now, answer);
        });

    private async ValueTask<AuthzError?> SystemRefusalAsync(Permission right, Caller caller) =>
        Holding(right, _tenant == TenantId.System && caller.ReachesSystem && Model is { } system ? await _rights.ReadAsync(system, caller) : await _rights.ReadSystemAsync(caller)).Error;

    private static Result<CallerRights> Holding(Permission? right, Result<CallerRights> rights) =>
        rights.IsOk && right is not null && Guard.CheckScope(rights.Value, right, AttributeBag.Empty) is { } refusal ? refusal : rights;

    private Task<Result<T>> ModelTurnAsync<T>(Caller caller, Func<TenantModel, DateTimeOffset, Task<Result<T>>> turn) => TurnAsync(caller, async () =>
        Model is { Model: var model } ? await turn(model, Ports.Now()) : Refusals.NoTenant(_tenant));

    private async Task<Result<T>> CommitAsync<T>(Result<ModelChange> decided, Caller caller, DateTimeOffset now, Func<ModelChange, T> answer)
    {
        if (!decided.IsOk)
        {
            return decided.Error;
        }
        var change = decided.Value;
        var reply = answer(change);
        if (change.IsNoOp)
        {
            return reply;
        }
        if (await TightenAsync(change, now) is { } conflict)
        {
            return conflict;
        }
        // A look that was cut off ends with the next change.
        change = change with { Model = change.Model with { Checking = null, SeparationEpoch = Model?.Model.SeparationEpoch ?? 0 } };
        var (next, encoded) = Prepare(change);
        if (await CommitAsync(ToCommit(change, encoded, caller, now), caller, reply, () => RefusedAsync(change.Dropped, now)) is { } error)
        {
            await EndCheckAsync(now);
            return error;
        }
        Swap(new ModelState(next, encoded));
        return reply;
    }

    // Compiled first: what cannot be compiled must not be stored.
    private (CompiledTenant Next, EncodedModel Encoded) Prepare(ModelChange change) => (
        Model is { } before ? before.Update(change.Model, change.Touched) : CompiledTenant.Compile(change.Model with { Custom = Ports.Custom }),
        Own!.Encoded?.With(change.Model, change.Touched) ?? EncodedModel.Of(change.Model));

    private Commit ToCommit(ModelChange change, EncodedModel encoded, Caller caller, DateTimeOffset now)
    {
        var (adds, removes) = ModelRows.Delta(Key, Model?.Model, change.Model, change.Touched);
        if (Model is null)
        {
            adds.Add(IndexRows.OfTenant(_tenant));
        }
        return new Commit(Key, 0, encoded.ToBytes())
        {
            Adds = adds,
            Removes = removes,
            // An assignment's commit needs the role's row, which this one removes, and this one needs that nobody holds the
            // role: whichever comes first refuses the other, with nothing half done and nothing to make good after a crash.
            Vacant = [.. change.Dropped.Select(role => new IndexRow(_tenant, IndexNames.RoleHolders, role.Value, "", now))],
            Outbox = [.. change.Audit.Select(entry => Pending(entry, caller, now))],
        };
    }

    private async ValueTask<AuthzError> RefusedAsync(ImmutableArray<RoleId> dropped, DateTimeOffset now)
    {
        foreach (var role in dropped)
        {
            if (await Ports.Store.CountIndexAsync(_tenant, IndexNames.RoleHolders, role.Value, now) > 0)
            {
                return Refusals.RoleInUse(role);
            }
        }
        // Requires nothing, so it can only have been a holder who let go meanwhile.
        return Refusals.LostRace;
    }

    private OutboxRow Pending(AuditEntry entry, Caller caller, DateTimeOffset now) =>
        new(_tenant, AuditCodec.EncodePending(entry, Ports.Ids.Next(), now, caller));
}
