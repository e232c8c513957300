using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// What callers may, never older than what was acknowledged before it was asked for. Errors of all:
/// <see cref="ErrorCode.Unavailable"/>; <see cref="ErrorCode.TenantNotFound"/> for who administers <c>system</c>.
/// </summary>
public interface ICallerRights
{
    /// <summary>
    /// Whether the caller may use a permission in a tenant, as the engine decides it; <paramref name="scope"/> is what the
    /// resource says. Not for use inside turns. In a tenant that does not exist: <see cref="ErrorCode.Forbidden"/>.
    /// </summary>
    ValueTask<Result<bool>> MayAsync(TenantId tenant, Caller caller, Permission permission, AttributeBag? scope = null);

    /// <summary>Like <see cref="MayAsync"/>, in some scope or circumstance; in which, the turn that writes asks.</summary>
    ValueTask<Result<bool>> MaySomewhereAsync(TenantId tenant, Caller caller, Permission permission);

    /// <summary>Whether the caller is a super_admin of <c>system</c>, by a credential that is valid there.</summary>
    ValueTask<Result<bool>> AdministersSystemAsync(Caller caller);

    /// <summary>
    /// All that the caller holds in a tenant, read from storage: it waits for no turn of anybody, so that it can be read
    /// inside any.
    /// </summary>
    /// <param name="model">The tenant's model, as the turn sees it.</param>
    /// <param name="caller">The caller.</param>
    ValueTask<Result<CallerRights>> ReadAsync(CompiledTenant model, Caller caller);

    /// <summary>
    /// Likewise all that the caller holds in <c>system</c>, for what is decided there; nothing where its credential is not
    /// valid there. Not for use inside turns of <c>system</c> itself.
    /// </summary>
    ValueTask<Result<CallerRights>> ReadSystemAsync(Caller caller);
}
