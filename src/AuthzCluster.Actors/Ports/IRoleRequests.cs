using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Requests for roles. Errors of all: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>; of a request that is not there:
/// <see cref="ErrorCode.RequestNotFound"/>. What has ended is <see cref="ErrorCode.InvalidState"/> to who wants to decide it.
/// </summary>
public interface IRoleRequests
{
    /// <summary>Asks for a role. Where the same is asked for already, or held: <see cref="ErrorCode.InvalidState"/>.</summary>
    Task<Result<RoleRequestView>> CreateAsync(TenantId tenant, RoleRequestDraft draft, Caller caller);

    /// <summary>Finds a request.</summary>
    Task<Result<RoleRequestView>> GetAsync(TenantId tenant, string request);

    /// <summary>Lists requests. A page may have fewer than its limit and not be the last.</summary>
    Task<Result<Page<RoleRequestView>>> ListAsync(TenantId tenant, RoleRequestQuery query);

    /// <summary>Approves; with the last approval that it takes the role is given.</summary>
    Task<Result<RoleRequestView>> ApproveAsync(TenantId tenant, string request, string? comment, Caller caller);

    /// <summary>Declines.</summary>
    Task<Result<RoleRequestView>> RejectAsync(TenantId tenant, string request, string? comment, Caller caller);

    /// <summary>Takes a request back.</summary>
    Task<Result<RoleRequestView>> CancelAsync(TenantId tenant, string request, string? comment, Caller caller);
}
