using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The making of a role together with its first assignments, all or nothing: intent stored (with a due row) -> role
/// committed inactive and marked -> assigned -> mark taken away and role activated, in one commit -> intent removed. The
/// mark decides: a role that still has it when the intent is found is deleted as by force, one without it is made.
/// </summary>
public partial class RoleActor
{
    /// <inheritdoc/>
    public Task<Result<RoleChange>> MakeAsync(RoleDraft draft, Caller caller) => TurnAsync<RoleChange>(caller, async () =>
    {
        if (await SettleAsync() is { } unsettled)
        {
            return unsettled;
        }
        if (await Ports.FindRepeatAsync<RoleChange>(caller) is { } done)
        {
            var looked = await LookAsync(caller);
            return looked.IsOk ? done : looked;
        }
        if (_deletion is not null)
        {
            return BeingDeleted();
        }
        if (await _replica.LoadAsync() is not { Model: var model })
        {
            return Refusals.NoTenant(_tenant);
        }
        var trial = RoleEditor.Create(model, draft, _role, Ports.Now());
        if (!trial.IsOk)
        {
            return await JudgeAsync(trial.Error, draft, caller);
        }
        if (await BeginAsync(new RoleDeletion(IsForced: true, caller.AsStep()) { IsMaking = true }) is { } error)
        {
            return error;
        }
        var made = await MakeStepsAsync(draft, caller);
        // What was made stays made, though its intent may be there still: the due row leads back to it.
        var undoing = await SettleAsync();
        return made.IsOk ? made : undoing ?? await JudgeAsync(made.Error, draft, caller);
    });

    // The half-made role that has the name may be this very request's, by another copy: what comes of it is not known yet, and must not be kept as refused.
    private async ValueTask<AuthzError> JudgeAsync(AuthzError error, RoleDraft draft, Caller caller) =>
        error.Code == ErrorCode.RoleAlreadyExists && caller.Request is { MayBeRepeat: true }
        && await _replica.LoadAsync() is { Model.Roles: var roles } && roles.Values.Any(role => role.IsBeingMade && role.Name == draft.Name)
            ? new AuthzError(ErrorCode.Unavailable, $"a role of the name `{draft.Name}` is being made") : error;

    private async Task<Result<RoleChange>> MakeStepsAsync(RoleDraft draft, Caller caller)
    {
        var step = caller.AsStep();
        var made = await CommitEditAsync(new RoleEdit.Create(_role, draft), step);
        if (!made.IsOk)
        {
            return made;
        }
        foreach (var batch in draft.AssignedTo.Index().DistinctBy(item => item.Item).Chunk(BatchSize))
        {
            var outcomes = await Task.WhenAll(batch.Select(item => GiveAsync(item.Item, item.Index, step)));
            if (Array.Find(outcomes, outcome => outcome is not null) is { } refused)
            {
                return refused;
            }
        }
        return await CommitEditAsync(new RoleEdit.EndMaking(_role, draft.IsActive) { Warnings = made.Value.Warnings }, caller);
    }

    private async Task<AuthzError?> GiveAsync(SubjectId principal, int place, Caller caller)
    {
        var draft = new AssignmentDraft(principal);
        var given = principal.IsTeam
            ? await _directory.Tenant(_tenant).AssignTeamAsync(principal.Id, _role, draft, dryRun: false, caller)
            : await _directory.Subject(_tenant, principal).AssignAsync(_role, draft, caller);
        return given.Error is not { Fields.Count: > 0 } wrong
            ? given.Error
            : AuthzError.Invalid([.. wrong.Fields.Select(field => new FieldError($"assigned_to[{place}]", field.Message))]);
    }

    /// <summary>Brings a making that is not under way any more to its end: undoes it, unless it got as far as its last commit.</summary>
    private async Task<AuthzError?> SettleAsync()
    {
        while (_deletion is { IsMaking: true } making)
        {
            var step = await UndoStepAsync(making);
            if (!step.IsOk)
            {
                return step.Error;
            }
        }
        return null;
    }

    private async Task<Result<DeleteStep>> UndoStepAsync(RoleDeletion making)
    {
        var found = await LookAsync(making.Caller);
        if (!found.IsOk)
        {
            return found.Error;
        }
        if (found.Value.Role is not { IsBeingMade: true } role)
        {
            return await EndAsync() is { } error ? error : DeleteStep.Finished;
        }
        if (!role.IsDeleting && (await CommitEditAsync(new RoleEdit.BeginDelete(_role, null), making.Caller.Trusted())).Error is { } refused)
        {
            return refused;
        }
        return await StepAsync(making);
    }
}
