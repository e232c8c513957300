using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Who has which role, and who is in which team. <c>role</c> is an id or a name; the id wins.</summary>
public interface IAssignments
{
    /// <summary>Gives a role; again with the same principal, role and scope updates that assignment.</summary>
    Task<Result<AssignmentView>> AssignAsync(TenantId tenant, string role, AssignmentDraft draft, Caller caller);

    /// <summary>The assignment of an id, as long as it is kept: one that has ended too. None: <see cref="ErrorCode.AssignmentNotFound"/>.</summary>
    Task<Result<AssignmentView>> GetAsync(TenantId tenant, string assignment);

    /// <summary>
    /// Suspends, resumes, prolongs or shortens an assignment. Unknown: <see cref="ErrorCode.AssignmentNotFound"/>; one that has
    /// ended: <see cref="ErrorCode.InvalidState"/>.
    /// </summary>
    Task<Result<AssignmentView>> PatchAsync(TenantId tenant, string assignment, AssignmentPatch patch, Caller caller);

    /// <summary>
    /// Takes back the assignments of a role that have not ended: the one with this scope, or all where
    /// <paramref name="scope"/> is null. None: <see cref="ErrorCode.AssignmentNotFound"/>. Answers how many.
    /// </summary>
    Task<Result<int>> RevokeAsync(TenantId tenant, string role, SubjectId principal, AttributeBag? scope, Caller caller);

    /// <summary>The assignments of a role, ordered by principal.</summary>
    Task<Result<Page<AssignmentView>>> ListByRoleAsync(TenantId tenant, string role, HolderQuery query);

    /// <summary>
    /// What a principal has by assignments of its own at <paramref name="at"/> (null: now), newest first: the active
    /// ones, or all that is kept with <paramref name="includeInactive"/>.
    /// </summary>
    Task<Result<IReadOnlyList<AssignmentView>>> ListByPrincipalAsync(TenantId tenant, SubjectId principal, DateTimeOffset? at, bool includeInactive);

    /// <summary>Puts a subject into a team; one that is in it changes nothing.</summary>
    Task<Result<bool>> JoinTeamAsync(TenantId tenant, string team, SubjectId member, Caller caller);

    /// <summary>Takes a subject out of a team; <see cref="ErrorCode.NotFound"/> where it is not in it.</summary>
    Task<Result<bool>> LeaveTeamAsync(TenantId tenant, string team, SubjectId member, Caller caller);

    /// <summary>Who is in a team, in ordinal order.</summary>
    Task<Result<Page<SubjectId>>> ListTeamMembersAsync(TenantId tenant, string team, string? after, int limit);

    /// <summary>The teams a subject is in, in ordinal order.</summary>
    Task<Result<IReadOnlyList<string>>> ListTeamsAsync(TenantId tenant, SubjectId member);
}
