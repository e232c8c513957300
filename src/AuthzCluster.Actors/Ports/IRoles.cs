using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Roles of a tenant. <c>role</c> is an id or a name; the id wins. A write is acknowledged when it is durable and
/// no later evaluation can miss it; with <c>ifVersion</c> it is done at that version of the role only, else
/// <see cref="ErrorCode.PreconditionFailed"/>. Errors besides those of validation: <see cref="ErrorCode.TenantNotFound"/>,
/// <see cref="ErrorCode.RoleNotFound"/>, <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IRoles
{
    /// <summary>Makes a role; where the draft says to whom it is given, all of that or nothing.</summary>
    Task<Result<RoleView>> CreateAsync(TenantId tenant, RoleDraft draft, Caller caller);

    /// <summary>Finds a role.</summary>
    Task<Result<RoleView>> GetAsync(TenantId tenant, string role);

    /// <summary>Lists roles by name.</summary>
    Task<Result<Page<RoleView>>> ListAsync(TenantId tenant, RoleQuery query);

    /// <summary>Replaces a role; what the draft leaves out takes its default.</summary>
    Task<Result<RoleView>> ReplaceAsync(TenantId tenant, string role, RoleDraft draft, long? ifVersion, Caller caller);

    /// <summary>
    /// Removes a role with its edges. In use: <see cref="ErrorCode.RoleInUse"/>, or, with <paramref name="force"/>,
    /// all its assignments are revoked first; a crash in between is completed after the restart.
    /// </summary>
    Task<Result<RoleId>> DeleteAsync(TenantId tenant, string role, bool force, long? ifVersion, Caller caller);

    /// <summary>Adds one permission; one that is there already changes nothing.</summary>
    Task<Result<RoleView>> AddPermissionAsync(TenantId tenant, string role, string permission, long? ifVersion, Caller caller);

    /// <summary>Removes one of the role's own permissions; <see cref="ErrorCode.NotFound"/> where it has not.</summary>
    Task<Result<RoleView>> RemovePermissionAsync(TenantId tenant, string role, string permission, long? ifVersion, Caller caller);

    /// <summary>Adds or replaces an edge. A missing parent is <see cref="ErrorCode.RoleNotFound"/>.</summary>
    Task<Result<RoleView>> PutParentAsync(TenantId tenant, string role, ParentDraft parent, long? ifVersion, Caller caller);

    /// <summary>Removes an edge; <see cref="ErrorCode.NotFound"/> where there is none.</summary>
    Task<Result<RoleView>> RemoveParentAsync(TenantId tenant, string role, string parent, long? ifVersion, Caller caller);

    /// <summary>What the role has itself and inherits.</summary>
    Task<Result<RolePermissions>> ListPermissionsAsync(TenantId tenant, string role);

    /// <summary>What the role comes to, whoever has it.</summary>
    Task<Result<RoleReview>> ReviewAsync(TenantId tenant, string role);

    /// <summary>The permission of the role that covers <paramref name="required"/> unconditionally, and the role that has it; null value: none.</summary>
    Task<Result<PermissionCover>> FindCoverAsync(TenantId tenant, string role, Permission required);

    /// <summary>Roles above and below.</summary>
    Task<Result<RoleHierarchy>> GetHierarchyAsync(TenantId tenant, string role);
}
