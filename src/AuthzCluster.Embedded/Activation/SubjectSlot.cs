using AuthzCluster.Hosting;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Embedded.Activation;

/// <summary>A subject's slot. Reads pass the line by; the first of them waits for the turn that loads.</summary>
internal sealed class SubjectSlot(TenantTable table, SubjectId subject, UserAssignmentsActor actor)
    : Slot<SubjectSlot, UserAssignmentsActor>(actor), IUserAssignmentsActor, IStranger
{
    /// <summary>Of whom it is.</summary>
    public SubjectId Subject => subject;

    public ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now) =>
        Actor.IsLoaded && !IsClosed && Actor.EvaluateAsync(request, now) is var answer
            ? answer.IsCompleted ? answer : AwaitAsync(answer, request, now)
            : LoadAndEvaluateAsync(request, now);

    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        ReadAsync(reader => reader.ExplainAsync(request, now));

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) =>
        ReadAsync(reader => reader.ListPermissionsAsync(now));

    public ValueTask<Result<SubjectAssignments>> ReadAsync() => ReadAsync(reader => reader.ReadAsync());

    public Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller) =>
        TurnAsync(writer => writer.AssignAsync(role, draft, caller));

    public Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller) =>
        TurnAsync(writer => writer.AssignManyAsync(rows, dryRun, caller));

    public Task<Result<Assignment>> PatchAsync(string assignment, AssignmentPatch patch, Caller caller) =>
        TurnAsync(writer => writer.PatchAsync(assignment, patch, caller));

    public Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller) =>
        TurnAsync(writer => writer.RevokeAsync(role, scope, caller));

    public Task<Result<bool>> JoinTeamAsync(string team, Caller caller) => TurnAsync(writer => writer.JoinTeamAsync(team, caller));

    public Task<Result<bool>> LeaveTeamAsync(string team, Caller caller) => TurnAsync(writer => writer.LeaveTeamAsync(team, caller));

    public Task<Result<bool>> ExpireAsync() => TurnAsync(writer => writer.ExpireAsync());

    public void LeaveIfStranger()
    {
        if (Actor.HoldsNothing && TryClose())
        {
            table.Subjects.TryRemove(new(subject, this));
        }
    }

    protected override SubjectSlot Successor() => table.Directory.SubjectSlot(table.Tenant, subject);

    // While an outside engine was asked the slot may have been closed.
    private async ValueTask<Result<Decision>> AwaitAsync(ValueTask<Result<Decision>> pending, AccessRequest request, DateTimeOffset now)
    {
        var answer = await pending.ConfigureAwait(false);
        return answer.Error?.Code == ErrorCode.Unavailable && IsClosed ? await Successor().EvaluateAsync(request, now).ConfigureAwait(false) : answer;
    }

    // Apart from EvaluateAsync, which must not pay for what is captured here.
    private ValueTask<Result<Decision>> LoadAndEvaluateAsync(AccessRequest request, DateTimeOffset now) =>
        LoadAndReadAsync(reader => reader.EvaluateAsync(request, now));

    private ValueTask<Result<T>> ReadAsync<T>(Func<UserAssignmentsActor, ValueTask<Result<T>>> read) =>
        Actor.IsLoaded && !IsClosed ? read(Actor) : LoadAndReadAsync(read);

    private async ValueTask<Result<T>> LoadAndReadAsync<T>(Func<UserAssignmentsActor, ValueTask<Result<T>>> read)
    {
        try
        {
            var loaded = await TurnAsync(async writer =>
            {
                await writer.LoadAsync().ConfigureAwait(false);
                return writer;
            }).ConfigureAwait(false);
            return await read(loaded).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            return new AuthzError(ErrorCode.Unavailable, exception.Message);
        }
    }
}
