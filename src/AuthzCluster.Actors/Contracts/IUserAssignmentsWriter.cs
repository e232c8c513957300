using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Contracts;

/// <summary>What changes what one subject holds, one turn at a time. Errors of all: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>.</summary>
public interface IUserAssignmentsWriter
{
    /// <summary>Gives a role; <see cref="ErrorCode.RoleNotFound"/> where it takes no assignments (any more).</summary>
    Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller);

    /// <summary>Gives several roles in order, each on its own; answers what became of each. <paramref name="dryRun"/>: nothing is changed.</summary>
    Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller);

    /// <summary>
    /// Changes one assignment; answers it as it is then. <see cref="ErrorCode.AssignmentNotFound"/>: it is not here;
    /// <see cref="ErrorCode.InvalidState"/>: it has ended; <see cref="ErrorCode.RoleNotFound"/>: it is to give more, of a role that takes no assignments (any more).
    /// </summary>
    Task<Result<Assignment>> PatchAsync(string assignment, AssignmentPatch patch, Caller caller);

    /// <summary>Takes back a role; answers how many assignments. <see cref="ErrorCode.AssignmentNotFound"/>: none was live.</summary>
    Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller);

    /// <summary>Joins a team; false: it was in it.</summary>
    Task<Result<bool>> JoinTeamAsync(string team, Caller caller);

    /// <summary>Leaves a team; <see cref="ErrorCode.NotFound"/> where it is not in it.</summary>
    Task<Result<bool>> LeaveTeamAsync(string team, Caller caller);

    /// <summary>Due work: moves what has ended to the history, and says so once. False: there was nothing to do.</summary>
    Task<Result<bool>> ExpireAsync();
}
