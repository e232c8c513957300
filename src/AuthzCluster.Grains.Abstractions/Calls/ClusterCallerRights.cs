using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>What callers may, by way of any silo.</summary>
internal sealed class ClusterCallerRights(ClusterCaller calls) : ICallerRights
{
    public ValueTask<Result<bool>> MayAsync(TenantId tenant, Caller caller, Permission permission, AttributeBag? scope = null) =>
        new(calls.ReadAsync<ICallerRightsGrain, bool>(grain => grain.MayAsync(tenant, caller, permission, scope).AsTask()));

    public ValueTask<Result<bool>> MaySomewhereAsync(TenantId tenant, Caller caller, Permission permission) =>
        new(calls.ReadAsync<ICallerRightsGrain, bool>(grain => grain.MaySomewhereAsync(tenant, caller, permission).AsTask()));

    public ValueTask<Result<bool>> AdministersSystemAsync(Caller caller) =>
        new(calls.ReadAsync<ICallerRightsGrain, bool>(grain => grain.AdministersSystemAsync(caller).AsTask()));
}
