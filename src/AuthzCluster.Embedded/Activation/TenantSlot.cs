using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded.Activation;

/// <summary>A tenant's slot. In one process the writer's committed model is the node's copy of it.</summary>
internal sealed class TenantSlot(ActorDirectory directory, TenantId tenant, TenantHierarchyActor actor)
    : Slot<TenantSlot, TenantHierarchyActor>(actor), ITenantHierarchyActor, ITenantReplica
{
    public CompiledTenant? Current => IsClosed ? null : Actor.Compiled;

    public ValueTask<CompiledTenant?> LoadAsync() => Actor.IsLoaded && !IsClosed ? new(Actor.Compiled) : new(LoadInTurnAsync());

    public Task<Result<TenantView>> CreateAsync(TenantPatch patch, Caller caller) => TurnAsync(writer => writer.CreateAsync(patch, caller));

    public Task<Result<TenantView>> UpdateAsync(TenantPatch patch, long? ifVersion, Caller caller) =>
        TurnAsync(writer => writer.UpdateAsync(patch, ifVersion, caller));

    public Task<Result<RoleChange>> EditRoleAsync(RoleEdit edit, Caller caller) => TurnAsync(writer => writer.EditRoleAsync(edit, caller));

    public Task<Result<AssignReply>> AssignTeamAsync(string team, RoleId role, AssignmentDraft draft, bool dryRun, Caller caller) =>
        TurnAsync(writer => writer.AssignTeamAsync(team, role, draft, dryRun, caller));

    public Task<Result<TeamAssignment>> PatchTeamAsync(string assignment, AssignmentPatch patch, Caller caller) =>
        TurnAsync(writer => writer.PatchTeamAsync(assignment, patch, caller));

    public Task<Result<int>> RevokeTeamAsync(string team, RoleId role, AttributeBag? scope, Caller caller) =>
        TurnAsync(writer => writer.RevokeTeamAsync(team, role, scope, caller));

    public Task<Result<bool>> AddEntityTypeAsync(string type) => TurnAsync(writer => writer.AddEntityTypeAsync(type));

    public Task<Result<ImportReport>> ImportAsync(ModelImport import, bool dryRun, Caller caller) =>
        TurnAsync(writer => writer.ImportAsync(import, dryRun, caller));

    public Task<Result<bool>> RegisterPermissionAsync(string permission, string? description, Caller caller) =>
        TurnAsync(writer => writer.RegisterPermissionAsync(permission, description, caller));

    public Task<Result<bool>> RemovePermissionAsync(Permission permission, Caller caller) =>
        TurnAsync(writer => writer.RemovePermissionAsync(permission, caller));

    public Task<Result<PolicyDefinition>> CreatePolicyAsync(PolicyDraft draft, Caller caller) => TurnAsync(writer => writer.CreatePolicyAsync(draft, caller));

    public Task<Result<PolicyDefinition>> ReplacePolicyAsync(string policy, PolicyDraft draft, long? ifVersion, Caller caller) =>
        TurnAsync(writer => writer.ReplacePolicyAsync(policy, draft, ifVersion, caller));

    public Task<Result<bool>> DeletePolicyAsync(string policy, long? ifVersion, Caller caller) => TurnAsync(writer => writer.DeletePolicyAsync(policy, ifVersion, caller));

    public Task<Result<SeparationConstraint>> CreateConstraintAsync(ConstraintDraft draft, Caller caller) => TurnAsync(writer => writer.CreateConstraintAsync(draft, caller));

    public Task<Result<bool>> DeleteConstraintAsync(string constraint, Caller caller) => TurnAsync(writer => writer.DeleteConstraintAsync(constraint, caller));

    public Task<Result<TenantId>> DeleteAsync(long? ifVersion, Caller caller) => TurnAsync(writer => writer.DeleteAsync(ifVersion, caller));

    public Task<Result<bool>> PurgeAsync() => TurnAsync(writer => writer.PurgeAsync());

    public Task<Result<bool>> SweptAsync(long revision) => TurnAsync(writer => writer.SweptAsync(revision));

    public Task<Result<bool>> ExpireAsync() => TurnAsync(writer => writer.ExpireAsync());

    protected override TenantSlot Successor() => directory.TenantSlot(tenant);

    private Task<CompiledTenant?> LoadInTurnAsync() => TurnAsync(async writer =>
    {
        await writer.LoadAsync().ConfigureAwait(false);
        return writer.Compiled;
    });
}
