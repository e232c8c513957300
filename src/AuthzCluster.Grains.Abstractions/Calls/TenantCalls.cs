using AuthzCluster.Actors.Contracts;
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
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>A tenant's writer, its lost calls as refusals.</summary>
internal sealed class TenantCalls(ITenantHierarchyGrain grain) : ITenantHierarchyActor
{
    public Task<Result<TenantView>> CreateAsync(TenantPatch patch, Caller caller) => grain.CreateAsync(patch, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<TenantView>> UpdateAsync(TenantPatch patch, long? ifVersion, Caller caller) =>
        grain.UpdateAsync(patch, ifVersion, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<RoleChange>> EditRoleAsync(RoleEdit edit, Caller caller) => grain.EditRoleAsync(edit, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<AssignReply>> AssignTeamAsync(string team, RoleId role, AssignmentDraft draft, bool dryRun, Caller caller) =>
        grain.AssignTeamAsync(team, role, draft, dryRun, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<TeamAssignment>> PatchTeamAsync(string assignment, AssignmentPatch patch, Caller caller) =>
        grain.PatchTeamAsync(assignment, patch, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<int>> RevokeTeamAsync(string team, RoleId role, AttributeBag? scope, Caller caller) =>
        grain.RevokeTeamAsync(team, role, scope, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> AddEntityTypeAsync(string type) => grain.AddEntityTypeAsync(type).ToRefusalAsync(Lost.Patience);

    public Task<Result<ImportReport>> ImportAsync(ModelImport import, bool dryRun, Caller caller) =>
        grain.ImportAsync(import, dryRun, caller).ToRefusalAsync(Lost.LongPatience);

    public Task<Result<bool>> RegisterPermissionAsync(string permission, string? description, Caller caller) =>
        grain.RegisterPermissionAsync(permission, description, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> RemovePermissionAsync(Permission permission, Caller caller) =>
        grain.RemovePermissionAsync(permission, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<PolicyDefinition>> CreatePolicyAsync(PolicyDraft draft, Caller caller) => grain.CreatePolicyAsync(draft, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<PolicyDefinition>> ReplacePolicyAsync(string policy, PolicyDraft draft, long? ifVersion, Caller caller) =>
        grain.ReplacePolicyAsync(policy, draft, ifVersion, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> DeletePolicyAsync(string policy, long? ifVersion, Caller caller) =>
        grain.DeletePolicyAsync(policy, ifVersion, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<SeparationConstraint>> CreateConstraintAsync(ConstraintDraft draft, Caller caller) =>
        grain.CreateConstraintAsync(draft, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> DeleteConstraintAsync(string constraint, Caller caller) => grain.DeleteConstraintAsync(constraint, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<TenantId>> DeleteAsync(long? ifVersion, Caller caller) => grain.DeleteAsync(ifVersion, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> PurgeAsync() => grain.PurgeAsync().ToRefusalAsync(Lost.LongPatience);

    public Task<Result<bool>> SweptAsync(long revision) => grain.SweptAsync(revision).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> ExpireAsync() => grain.ExpireAsync().ToRefusalAsync(Lost.Patience);
}
