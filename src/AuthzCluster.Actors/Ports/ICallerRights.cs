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
}
