using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Assignments and teams, by way of any silo.</summary>
internal sealed class ClusterAssignments(ClusterCaller calls) : IAssignments
{
    public Task<Result<AssignmentView>> AssignAsync(TenantId tenant, string role, AssignmentDraft draft, Caller caller) =>
        calls.WriteAsync<IAssignmentsGrain, AssignmentView>(tenant, caller, (grain, named) => grain.AssignAsync(tenant, role, draft, named));

    public Task<Result<AssignmentView>> GetAsync(TenantId tenant, string assignment) =>
        calls.ReadAsync<IAssignmentsGrain, AssignmentView>(grain => grain.GetAsync(tenant, assignment));

    public Task<Result<AssignmentView>> PatchAsync(TenantId tenant, string assignment, AssignmentPatch patch, Caller caller) =>
        calls.WriteAsync<IAssignmentsGrain, AssignmentView>(tenant, caller, (grain, named) => grain.PatchAsync(tenant, assignment, patch, named));

    public Task<Result<int>> RevokeAsync(TenantId tenant, string role, SubjectId principal, AttributeBag? scope, Caller caller) =>
        calls.WriteAsync<IAssignmentsGrain, int>(tenant, caller, (grain, named) => grain.RevokeAsync(tenant, role, principal, scope, named));

    public Task<Result<Page<AssignmentView>>> ListByRoleAsync(TenantId tenant, string role, HolderQuery query) =>
        calls.ReadAsync<IAssignmentsGrain, Page<AssignmentView>>(grain => grain.ListByRoleAsync(tenant, role, query), calls.Options.ListDeadline);

    public Task<Result<IReadOnlyList<AssignmentView>>> ListByPrincipalAsync(TenantId tenant, SubjectId principal, DateTimeOffset? at, bool includeInactive) =>
        calls.ReadAsync<IAssignmentsGrain, IReadOnlyList<AssignmentView>>(grain => grain.ListByPrincipalAsync(tenant, principal, at, includeInactive), calls.Options.ListDeadline);

    public Task<Result<bool>> JoinTeamAsync(TenantId tenant, string team, SubjectId member, Caller caller) =>
        calls.WriteAsync<IAssignmentsGrain, bool>(tenant, caller, (grain, named) => grain.JoinTeamAsync(tenant, team, member, named));

    public Task<Result<bool>> LeaveTeamAsync(TenantId tenant, string team, SubjectId member, Caller caller) =>
        calls.WriteAsync<IAssignmentsGrain, bool>(tenant, caller, (grain, named) => grain.LeaveTeamAsync(tenant, team, member, named));

    public Task<Result<Page<SubjectId>>> ListTeamMembersAsync(TenantId tenant, string team, string? after, int limit) =>
        calls.ReadAsync<IAssignmentsGrain, Page<SubjectId>>(grain => grain.ListTeamMembersAsync(tenant, team, after, limit), calls.Options.ListDeadline);

    public Task<Result<IReadOnlyList<string>>> ListTeamsAsync(TenantId tenant, SubjectId member) =>
        calls.ReadAsync<IAssignmentsGrain, IReadOnlyList<string>>(grain => grain.ListTeamsAsync(tenant, member), calls.Options.ListDeadline);
}
