using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Waiting;

/// <summary>What callers may, waited for so long and no longer.</summary>
internal sealed class PatientRights(ICallerRights rights, Patience patience) : ICallerRights
{
    public ValueTask<Result<bool>> MayAsync(TenantId tenant, Caller caller, Permission permission, AttributeBag? scope = null) => patience.Of(rights.MayAsync(tenant, caller, permission, scope));

    public ValueTask<Result<bool>> MaySomewhereAsync(TenantId tenant, Caller caller, Permission permission) => patience.Of(rights.MaySomewhereAsync(tenant, caller, permission));

    public ValueTask<Result<bool>> AdministersSystemAsync(Caller caller) => patience.Of(rights.AdministersSystemAsync(caller));
}
