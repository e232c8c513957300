using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>The registries of permissions: reads from the node's models, writes through the tenants' writers.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
public class PermissionService(IActorDirectory directory, ITenantReplicas replicas) : IPermissions
{
    /// <inheritdoc/>
    public Task<Result<Page<RegisteredPermission>>> ListAsync(TenantId tenant, string? text, string? after, int limit) =>
        replicas.WithTenantAsync<Page<RegisteredPermission>>(tenant, async model =>
        {
            var found = model.Model.Registry.All
                .Where(entry => after is null || string.CompareOrdinal(entry.Permission.ToString(), after) > 0)
                .Where(entry => text is not { Length: > 0 } || Contains(entry.Permission.ToString(), text) || Contains(entry.Description, text))
                .Take(limit + 1).ToArray();
            var page = found.Length > limit ? found[..limit] : found;
            return await ValueTask.FromResult(new Page<RegisteredPermission>(page, found.Length > limit ? page[^1].Permission.ToString() : null));
        });

    /// <inheritdoc/>
    public Task<Result<RegisteredPermission>> GetAsync(TenantId tenant, Permission permission) =>
        replicas.WithTenantAsync<RegisteredPermission>(tenant, async model => await ValueTask.FromResult(model.Model.Registry.Find(permission)) is { } entry
            ? entry
            : new AuthzError(ErrorCode.NotFound, $"the permission `{permission}` is not registered"));

    /// <inheritdoc/>
    public Task<Result<bool>> RegisterAsync(TenantId tenant, string permission, string? description, Caller caller) =>
        directory.Tenant(tenant).RegisterPermissionAsync(permission, description, caller);

    /// <inheritdoc/>
    public Task<Result<bool>> RemoveAsync(TenantId tenant, Permission permission, Caller caller) =>
        directory.Tenant(tenant).RemovePermissionAsync(permission, caller);

    private static bool Contains(string? where, string text) => where?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
