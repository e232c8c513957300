using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Contracts;

/// <summary>
/// The single writer of a tenant's model and the commit point of every change of it. Everything takes turns; who
/// only reads uses the node's <see cref="ITenantReplica"/>. Errors of all: <see cref="ErrorCode.TenantNotFound"/>,
/// <see cref="ErrorCode.Unavailable"/>, <see cref="ErrorCode.VersionConflict"/>.
/// </summary>
public interface ITenantHierarchyActor
{
    /// <summary>Makes the tenant; <see cref="ErrorCode.InvalidState"/> where it exists or is still being removed.</summary>
    Task<Result<TenantView>> CreateAsync(TenantPatch patch, Caller caller);

    /// <summary>Changes the tenant's own properties.</summary>
    Task<Result<TenantView>> UpdateAsync(TenantPatch patch, long? ifVersion, Caller caller);

    /// <summary>Changes one role.</summary>
    Task<Result<RoleChange>> EditRoleAsync(RoleEdit edit, Caller caller);

    /// <summary>Gives a role to a team. <paramref name="dryRun"/>: only tells what would come of it.</summary>
    Task<Result<AssignReply>> AssignTeamAsync(string team, RoleId role, AssignmentDraft draft, bool dryRun, Caller caller);

    /// <summary>Changes one assignment of a team; answers it as it is then. Refusals as of <see cref="IUserAssignmentsWriter.PatchAsync"/>.</summary>
    Task<Result<TeamAssignment>> PatchTeamAsync(string assignment, AssignmentPatch patch, Caller caller);

    /// <summary>Takes a role back from a team; answers how many assignments. <see cref="ErrorCode.AssignmentNotFound"/>: none was live.</summary>
    Task<Result<int>> RevokeTeamAsync(string team, RoleId role, AttributeBag? scope, Caller caller);

    /// <summary>Has entities of a type in use from now on; false: they were. <see cref="ErrorCode.ValidationFailed"/> where there would be too many types.</summary>
    Task<Result<bool>> AddEntityTypeAsync(string type);

    /// <summary>Imports a model in one commit. <paramref name="dryRun"/>: reports only.</summary>
    Task<Result<ImportReport>> ImportAsync(ModelImport import, bool dryRun, Caller caller);

    /// <summary>Registers a permission, or describes it anew; false: it was there.</summary>
    Task<Result<bool>> RegisterPermissionAsync(string permission, string? description, Caller caller);

    /// <summary>Takes a permission out of the registry; <see cref="ErrorCode.NotFound"/> where it is not in it.</summary>
    Task<Result<bool>> RemovePermissionAsync(Permission permission, Caller caller);

    /// <summary>Makes a policy of the tenant. <see cref="ErrorCode.InvalidState"/>: the draft's id is taken, or there are too many.</summary>
    Task<Result<PolicyDefinition>> CreatePolicyAsync(PolicyDraft draft, Caller caller);

    /// <summary>Replaces a policy of the tenant; <see cref="ErrorCode.PolicyNotFound"/> where it has not.</summary>
    Task<Result<PolicyDefinition>> ReplacePolicyAsync(string policy, PolicyDraft draft, long? ifVersion, Caller caller);

    /// <summary>Removes a policy of the tenant; <see cref="ErrorCode.PolicyNotFound"/> where it has not.</summary>
    Task<Result<bool>> DeletePolicyAsync(string policy, long? ifVersion, Caller caller);

    /// <summary>Makes a constraint. <see cref="ErrorCode.RoleConflict"/>: somebody holds what it would not allow; <see cref="ErrorCode.InvalidState"/>: the draft's id is taken, or there are too many.</summary>
    Task<Result<SeparationConstraint>> CreateConstraintAsync(ConstraintDraft draft, Caller caller);

    /// <summary>Removes a constraint; <see cref="ErrorCode.NotFound"/> where it has not.</summary>
    Task<Result<bool>> DeleteConstraintAsync(string constraint, Caller caller);

    /// <summary>Marks the tenant as removed: nothing answers for it any more. The rest is for <see cref="PurgeAsync"/>.</summary>
    Task<Result<TenantId>> DeleteAsync(long? ifVersion, Caller caller);

    /// <summary>Removes what is stored of a tenant marked as removed, after its actors were forgotten. False: it is not so marked.</summary>
    Task<Result<bool>> PurgeAsync();

    /// <summary>Everybody was looked at since <paramref name="revision"/> changed what time does to assignments; false: a later one has changed it again.</summary>
    Task<Result<bool>> SweptAsync(long revision);

    /// <summary>Due work: ends team assignments whose time is over, and a look at holders that was cut off. False: the tenant is marked as removed and waits for <see cref="PurgeAsync"/>.</summary>
    Task<Result<bool>> ExpireAsync();
}
