using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>A role's writer, its lost calls as refusals.</summary>
internal sealed class RoleCalls(IRoleGrain grain) : IRoleActor
{
    public Task<Result<RoleChange>> EditAsync(RoleEdit edit, Caller caller) => grain.EditAsync(edit, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<RoleChange>> MakeAsync(RoleDraft draft, Caller caller) => grain.MakeAsync(draft, caller).ToRefusalAsync(Lost.LongPatience);

    public Task<Result<DeleteStep>> DeleteAsync(bool force, long? ifVersion, Caller caller) =>
        grain.DeleteAsync(force, ifVersion, caller).ToRefusalAsync(Lost.LongPatience);

    public Task<Result<DeleteStep>> ContinueAsync() => grain.ContinueAsync().ToRefusalAsync(Lost.LongPatience);
}
