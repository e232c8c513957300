using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Roles, by way of any silo.</summary>
internal sealed class ClusterRoles(ClusterCaller calls) : IRoles
{
    public Task<Result<RoleView>> CreateAsync(TenantId tenant, RoleDraft draft, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleView>(tenant, caller, (grain, named) => grain.CreateAsync(tenant, draft, named));

    public Task<Result<RoleView>> GetAsync(TenantId tenant, string role) =>
        calls.ReadAsync<IRolesGrain, RoleView>(grain => grain.GetAsync(tenant, role));

    public Task<Result<Page<RoleView>>> ListAsync(TenantId tenant, RoleQuery query) =>
        calls.ReadAsync<IRolesGrain, Page<RoleView>>(grain => grain.ListAsync(tenant, query), calls.Options.ListDeadline);

    public Task<Result<RoleView>> ReplaceAsync(TenantId tenant, string role, RoleDraft draft, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleView>(tenant, caller, (grain, named) => grain.ReplaceAsync(tenant, role, draft, ifVersion, named));

    public Task<Result<RoleId>> DeleteAsync(TenantId tenant, string role, bool force, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleId>(tenant, caller, (grain, named) => grain.DeleteAsync(tenant, role, force, ifVersion, named), calls.Options.LongDeadline);

    public Task<Result<RoleView>> AddPermissionAsync(TenantId tenant, string role, string permission, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleView>(tenant, caller, (grain, named) => grain.AddPermissionAsync(tenant, role, permission, ifVersion, named));

    public Task<Result<RoleView>> RemovePermissionAsync(TenantId tenant, string role, string permission, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleView>(tenant, caller, (grain, named) => grain.RemovePermissionAsync(tenant, role, permission, ifVersion, named));

    public Task<Result<RoleView>> PutParentAsync(TenantId tenant, string role, ParentDraft parent, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleView>(tenant, caller, (grain, named) => grain.PutParentAsync(tenant, role, parent, ifVersion, named));

    public Task<Result<RoleView>> RemoveParentAsync(TenantId tenant, string role, string parent, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IRolesGrain, RoleView>(tenant, caller, (grain, named) => grain.RemoveParentAsync(tenant, role, parent, ifVersion, named));

    public Task<Result<RolePermissions>> ListPermissionsAsync(TenantId tenant, string role) =>
        calls.ReadAsync<IRolesGrain, RolePermissions>(grain => grain.ListPermissionsAsync(tenant, role), calls.Options.ListDeadline);

    public Task<Result<RoleReview>> ReviewAsync(TenantId tenant, string role) =>
        calls.ReadAsync<IRolesGrain, RoleReview>(grain => grain.ReviewAsync(tenant, role), calls.Options.ListDeadline);

    public Task<Result<PermissionCover>> FindCoverAsync(TenantId tenant, string role, Permission required) =>
        calls.ReadAsync<IRolesGrain, PermissionCover>(grain => grain.FindCoverAsync(tenant, role, required));

    public Task<Result<RoleHierarchy>> GetHierarchyAsync(TenantId tenant, string role) =>
        calls.ReadAsync<IRolesGrain, RoleHierarchy>(grain => grain.GetHierarchyAsync(tenant, role), calls.Options.ListDeadline);
}
