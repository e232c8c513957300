using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>The registries of permissions, by way of any silo.</summary>
internal sealed class ClusterPermissions(ClusterCaller calls) : IPermissions
{
    public Task<Result<Page<RegisteredPermission>>> ListAsync(TenantId tenant, string? text, string? after, int limit) =>
        calls.ReadAsync<IPermissionsGrain, Page<RegisteredPermission>>(grain => grain.ListAsync(tenant, text, after, limit), calls.Options.ListDeadline);

    public Task<Result<RegisteredPermission>> GetAsync(TenantId tenant, Permission permission) =>
        calls.ReadAsync<IPermissionsGrain, RegisteredPermission>(grain => grain.GetAsync(tenant, permission));

    public Task<Result<bool>> RegisterAsync(TenantId tenant, string permission, string? description, Caller caller) =>
        calls.WriteAsync<IPermissionsGrain, bool>(tenant, caller, (grain, named) => grain.RegisterAsync(tenant, permission, description, named));

    public Task<Result<bool>> RemoveAsync(TenantId tenant, Permission permission, Caller caller) =>
        calls.WriteAsync<IPermissionsGrain, bool>(tenant, caller, (grain, named) => grain.RemoveAsync(tenant, permission, named));
}
