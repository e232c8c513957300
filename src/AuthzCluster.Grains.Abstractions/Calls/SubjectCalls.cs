using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>A subject's writer, its lost calls as refusals.</summary>
internal sealed class SubjectCalls(IUserAssignmentsGrain grain) : IUserAssignmentsActor
{
    public ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now) => grain.EvaluateAsync(request, now).ToRefusalAsync();

    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        grain.ExplainAsync(request, now).ToRefusalAsync();

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) =>
        grain.ListPermissionsAsync(now).ToRefusalAsync();

    public ValueTask<Result<SubjectAssignments>> ReadAsync() => grain.ReadAsync().ToRefusalAsync();

    public Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller) =>
        grain.AssignAsync(role, draft, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller) =>
        grain.AssignManyAsync(rows, dryRun, caller).ToRefusalAsync(Lost.LongPatience);

    public Task<Result<Assignment>> PatchAsync(string assignment, AssignmentPatch patch, Caller caller) =>
        grain.PatchAsync(assignment, patch, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller) => grain.RevokeAsync(role, scope, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> JoinTeamAsync(string team, Caller caller) => grain.JoinTeamAsync(team, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> LeaveTeamAsync(string team, Caller caller) => grain.LeaveTeamAsync(team, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> ExpireAsync() => grain.ExpireAsync().ToRefusalAsync(Lost.Patience);
}
