using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Grains.Abstractions.Calls;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// A subject as this silo reaches it: what its grain does not answer soon is answered here, from a copy that counts as much. So a silo that is
/// gone, or hangs, keeps nobody from an answer while it is not known to be, and is not waited for again and again. Writes are its grain's alone.
/// </summary>
internal sealed class NearSubject(IUserAssignmentsActor grain, NearWays ways, int way, Func<SubjectReader> here) : IUserAssignmentsActor
{
    public ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now) =>
        OrHereAsync(ways.MayTry(way) ? grain.EvaluateAsync(request, now) : null, reader => reader.EvaluateAsync(request, now));

    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        OrHereAsync(ways.MayTry(way) ? grain.ExplainAsync(request, now) : null, reader => reader.ExplainAsync(request, now));

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) =>
        OrHereAsync(ways.MayTry(way) ? grain.ListPermissionsAsync(now) : null, reader => reader.ListPermissionsAsync(now));

    public ValueTask<Result<SubjectAssignments>> ReadAsync() => OrHereAsync(ways.MayTry(way) ? grain.ReadAsync() : null, reader => reader.ReadAsync());

    public Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller) => grain.AssignAsync(role, draft, caller);

    public Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller) => grain.AssignManyAsync(rows, dryRun, caller);

    public Task<Result<Assignment>> PatchAsync(string assignment, AssignmentPatch patch, Caller caller) => grain.PatchAsync(assignment, patch, caller);

    public Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller) => grain.RevokeAsync(role, scope, caller);

    public Task<Result<bool>> JoinTeamAsync(string team, Caller caller) => grain.JoinTeamAsync(team, caller);

    public Task<Result<bool>> LeaveTeamAsync(string team, Caller caller) => grain.LeaveTeamAsync(team, caller);

    public Task<Result<bool>> ExpireAsync() => grain.ExpireAsync();

    // The grain's answer, or this silo's where that is not asked for, does not come, or is that it cannot say.
    private ValueTask<Result<T>> OrHereAsync<T>(ValueTask<Result<T>>? asked, Func<SubjectReader, ValueTask<Result<T>>> read) => asked switch
    {
        null => read(here()),
        { IsCompletedSuccessfully: true, Result: { IsOk: true } answer } => new(answer),
        { } waiting => AwaitAsync(waiting.AsTask(), read),
    };

    private async ValueTask<Result<T>> AwaitAsync<T>(Task<Result<T>> asked, Func<SubjectReader, ValueTask<Result<T>>> read)
    {
        try
        {
            var answer = await asked.WaitAsync(ways.Patience);
            ways.Works(way);
            if (answer.Error?.Code != ErrorCode.Unavailable)
            {
                return answer;
            }
        }
        catch (OperationCanceledException)
        {
            ways.Lose(way);
        }
        return await read(here());
    }
}
