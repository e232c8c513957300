using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Embedded.Activation;

/// <summary>A role's slot.</summary>
internal sealed class RoleSlot(TenantTable table, RoleId role, RoleActor actor) : Slot<RoleSlot, RoleActor>(actor), IRoleActor
{
    public Task<Result<RoleChange>> EditAsync(RoleEdit edit, Caller caller) => TurnAsync(writer => writer.EditAsync(edit, caller));

    public Task<Result<RoleChange>> MakeAsync(RoleDraft draft, Caller caller) => TurnAsync(writer => writer.MakeAsync(draft, caller));

    public Task<Result<DeleteStep>> DeleteAsync(bool force, long? ifVersion, Caller caller) =>
        TurnAsync(writer => writer.DeleteAsync(force, ifVersion, caller));

    public Task<Result<DeleteStep>> ContinueAsync() => TurnAsync(writer => writer.ContinueAsync());

    protected override RoleSlot Successor() => table.Directory.RoleSlot(table.Tenant, role);
}
