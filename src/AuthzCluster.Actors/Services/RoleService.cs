using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Roles: reads from the node's model, writes through the roles' writers.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class RoleService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IRoles
{
    private const int MostCopies = 3;

    /// <inheritdoc/>
    public async Task<Result<RoleView>> CreateAsync(TenantId tenant, RoleDraft draft, Caller caller)
    {
        var id = new RoleId(draft.Id ?? ports.Ids.Next());
        draft = Named(draft);
        if (draft.AssignedTo.Count > 0)
        {
            return await Reading.GuardAsync(async () =>
            {
                var made = await MakeAsync(tenant, id, draft, caller);
                // Another attempt may be under way beside this one: its turn is waited for.
                for (var copies = 0; copies < MostCopies && caller.Request is { MayBeRepeat: true } && made.Error?.Code is ErrorCode.RoleAlreadyExists or ErrorCode.Unavailable; copies++)
                {
                    made = await MakeAsync(tenant, id, draft, caller);
                }
                return await ViewAsync(tenant, made, id.Value);
            });
        }
        var change = await directory.Tenant(tenant).EditRoleAsync(new RoleEdit.Create(id, draft), caller);
        return change.Map(made => new RoleView(made.Role!, 0) { Warnings = made.Warnings });
    }

    /// <inheritdoc/>
    public Task<Result<RoleView>> GetAsync(TenantId tenant, string role) =>
        replicas.WithRoleAsync<RoleView>(tenant, role, async (_, found) => await ViewAsync(tenant, found));

    /// <inheritdoc/>
    public Task<Result<Page<RoleView>>> ListAsync(TenantId tenant, RoleQuery query) => replicas.WithTenantAsync<Page<RoleView>>(tenant, async model =>
    {
        var page = RoleSearch.Find(model.Model.Catalog.ByName, query);
        var counts = await ports.Store.CountIndexAsync(tenant, IndexNames.RoleHolders, [.. page.Items.Select(role => role.Id.Value)], ports.Now());
        return new Page<RoleView>([.. page.Items.Select((role, i) => new RoleView(role, counts[i]))], page.Next);
    });

    /// <inheritdoc/>
    public Task<Result<RoleView>> ReplaceAsync(TenantId tenant, string role, RoleDraft draft, long? ifVersion, Caller caller) =>
        EditAsync(tenant, role, id => new RoleEdit.Replace(id, Named(draft), ifVersion), caller);

    /// <inheritdoc/>
    public Task<Result<RoleId>> DeleteAsync(TenantId tenant, string role, bool force, long? ifVersion, Caller caller) =>
        replicas.WriteRoleAsync<RoleId>(tenant, role, caller, async (id, _) =>
        {
            var actor = directory.Role(tenant, id);
            var step = await actor.DeleteAsync(force, ifVersion, caller);
            while (step is { IsOk: true, Value: DeleteStep.Continues })
            {
                step = await actor.ContinueAsync();
            }
            return step.Map(_ => id);
        });

    /// <inheritdoc/>
    public Task<Result<RoleView>> AddPermissionAsync(TenantId tenant, string role, string permission, long? ifVersion, Caller caller) =>
        EditAsync(tenant, role, id => new RoleEdit.AddPermission(id, permission, ifVersion), caller);

    /// <inheritdoc/>
    public Task<Result<RoleView>> RemovePermissionAsync(TenantId tenant, string role, string permission, long? ifVersion, Caller caller) =>
        EditAsync(tenant, role, id => new RoleEdit.RemovePermission(id, permission, ifVersion), caller);

    /// <inheritdoc/>
    public Task<Result<RoleView>> PutParentAsync(TenantId tenant, string role, ParentDraft parent, long? ifVersion, Caller caller) =>
        EditAsync(tenant, role, id => new RoleEdit.PutParent(id, parent, ifVersion), caller);

    /// <inheritdoc/>
    public Task<Result<RoleView>> RemoveParentAsync(TenantId tenant, string role, string parent, long? ifVersion, Caller caller) =>
        EditAsync(tenant, role, id => new RoleEdit.RemoveParent(id, parent, ifVersion), caller);

    /// <inheritdoc/>
    public Task<Result<RolePermissions>> ListPermissionsAsync(TenantId tenant, string role) => replicas.WithRoleAsync<RolePermissions>(
        tenant, role, async (model, found) => await ValueTask.FromResult(model.PermissionsOf(found.Id)!));

    /// <inheritdoc/>
    public Task<Result<RoleReview>> ReviewAsync(TenantId tenant, string role) => replicas.WithRoleAsync<RoleReview>(
        tenant, role, async (model, found) => await ValueTask.FromResult(model.ReviewOf(found.Id)!));

    /// <inheritdoc/>
    public Task<Result<PermissionCover>> FindCoverAsync(TenantId tenant, string role, Permission required) => replicas.WithRoleAsync<PermissionCover>(
        tenant, role, async (model, found) => await ValueTask.FromResult(model.FindCover(found.Id, required)));

    /// <inheritdoc/>
    public Task<Result<RoleHierarchy>> GetHierarchyAsync(TenantId tenant, string role) => replicas.WithRoleAsync<RoleHierarchy>(
        tenant, role, async (model, found) => await ValueTask.FromResult(model.Model.Catalog.HierarchyOf(found.Id)));

    private Task<Result<RoleView>> EditAsync(TenantId tenant, string role, Func<RoleId, RoleEdit> edit, Caller caller) =>
        replicas.WriteRoleAsync<RoleView>(tenant, role, caller, async (id, _) =>
            await ViewAsync(tenant, await directory.Role(tenant, id).EditAsync(edit(id), caller), role));

    private RoleDraft Named(RoleDraft draft) => draft.Policies.All(policy => policy.Id is not null) ? draft
        : draft with { Policies = [.. draft.Policies.Select(policy => policy.Id is null ? policy with { Id = ports.Ids.Next() } : policy)] };

    // An earlier attempt may have been cut off, and its half-made role, under another id, has the name: it is undone. Or its turn is waited for.
    private async Task<Result<RoleChange>> MakeAsync(TenantId tenant, RoleId id, RoleDraft draft, Caller caller)
    {
        if (caller.Request is { MayBeRepeat: true } && await replicas.Of(tenant).LoadAsync() is { Model: var model }
            && model.Roles.Values.FirstOrDefault(role => role.IsBeingMade && role.Name == draft.Name) is { } half)
        {
            await directory.Role(tenant, half.Id).ContinueAsync();
        }
        return await directory.Role(tenant, id).MakeAsync(draft, caller);
    }

    private async Task<Result<RoleView>> ViewAsync(TenantId tenant, Result<RoleChange> change, string role) =>
        !change.IsOk ? change.Error
        : change.Value.Role is { } edited ? await ViewAsync(tenant, edited) with { Warnings = change.Value.Warnings }
        : Refusals.NoRole(role);

    private async Task<RoleView> ViewAsync(TenantId tenant, RoleDefinition role) =>
        new(role, await ports.Store.CountIndexAsync(tenant, IndexNames.RoleHolders, role.Id.Value, ports.Now()));
}
