using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// A tenant's registry of known permissions. Errors of all: <see cref="ErrorCode.TenantNotFound"/>,
/// <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IPermissions
{
    /// <summary>
    /// Lists them in ordinal order of their texts, built-in ones among them. <paramref name="text"/>: only those with it in
    /// their text or description, whatever the case.
    /// </summary>
    Task<Result<Page<RegisteredPermission>>> ListAsync(TenantId tenant, string? text, string? after, int limit);

    /// <summary>Finds one as it is written; <see cref="ErrorCode.NotFound"/> where it is not registered.</summary>
    Task<Result<RegisteredPermission>> GetAsync(TenantId tenant, Permission permission);

    /// <summary>
    /// Registers one, or describes it anew; false: it was there. A built-in one is <see cref="ErrorCode.InvalidState"/>, one
    /// with a wildcard <see cref="ErrorCode.ValidationFailed"/>.
    /// </summary>
    Task<Result<bool>> RegisterAsync(TenantId tenant, string permission, string? description, Caller caller);

    /// <summary>
    /// Takes one out: <see cref="ErrorCode.NotFound"/> where it is not registered, <see cref="ErrorCode.InvalidState"/> where
    /// it is built in. Roles keep it.
    /// </summary>
    Task<Result<bool>> RemoveAsync(TenantId tenant, Permission permission, Caller caller);
}
