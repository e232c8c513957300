using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// Separation of duty. A change that tightens, whatever it is, is first in force for what is given (<see cref="TenantModel.Checking"/>): a commit
/// that was decided without it finds its required row no more. Then the holders are looked at, of whom there can be no new ones in conflict;
/// then the change is committed, or taken back.
/// </summary>
public partial class TenantHierarchyActor
{
    /// <inheritdoc/>
    public Task<Result<SeparationConstraint>> CreateConstraintAsync(ConstraintDraft draft, Caller caller)
    {
        var id = draft.Id ?? Ports.Ids.Next();
        return ChangeAsync(
            (model, now) => ConstraintEditor.Create(model, draft, id, now), caller, change => change.Model.Constraints[id], Rights.ConstraintsCreate, null);
    }

    /// <inheritdoc/>
    public Task<Result<bool>> DeleteConstraintAsync(string constraint, Caller caller) => ChangeAsync(
        (model, now) => ConstraintEditor.Delete(model, constraint, now), caller, _ => true, Rights.ConstraintsDelete, null);

    /// <summary>What a change would be refused for, were it made now; null: for no conflict.</summary>
    private async Task<AuthzError?> FindConflictAsync(ModelChange change, DateTimeOffset now) =>
        Tightening.Between(Model!.Model, change.Model, now) is { } tightening ? await new ConflictSearch(change.Model, tightening, now, Ports).RunAsync() : null;

    /// <summary>Has a change in force for what is given, if it tightens, and looks at the holders. A refusal: it was taken back.</summary>
    private async Task<AuthzError?> TightenAsync(ModelChange change, DateTimeOffset now)
    {
        if (Model is not { Model: var before } || Tightening.Between(before, change.Model, now) is not { } tightening)
        {
            return null;
        }
        // The stored version is never one that was.
        var checking = before with { Checking = new SeparationCheck(change.Model.Separation, now), SeparationEpoch = Version + 1 };
        if (await CommitAsync(checking, now) is { } error)
        {
            return error;
        }
        // For who gives something elsewhere: what it has of the model it would give by in vain.
        await Ports.Announce.AcknowledgedEverywhereAsync(new StoredRevision(Key, Version));
        if (await new ConflictSearch(change.Model, tightening, now, Ports).RunAsync() is not { } conflict)
        {
            return null;
        }
        await EndCheckAsync(now);
        return conflict;
    }

    /// <summary>Takes back what is in force for a look, if anything is: its own, or one that was cut off.</summary>
    private async Task<AuthzError?> EndCheckAsync(DateTimeOffset now)
    {
        await LoadAsync();
        return Model is { Model: { Checking: not null } model } ? await CommitAsync(model with { Checking = null }, now) : null;
    }

    private async Task<AuthzError?> CommitAsync(TenantModel model, DateTimeOffset now)
    {
        var change = new ModelChange(model, [], []);
        var (next, encoded) = Prepare(change);
        var error = await CommitAsync(ToCommit(change, encoded, Caller.System(Ports.Ids.Next()), now), () => new(Refusals.LostRace));
        if (error is null)
        {
            Swap(new ModelState(next, encoded));
        }
        return error;
    }
}
