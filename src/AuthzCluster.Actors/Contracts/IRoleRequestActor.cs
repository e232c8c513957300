using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Actors.Contracts;

/// <summary>
/// The single writer of one request for a role. Who reads a request reads storage. Errors of all: <see cref="ErrorCode.TenantNotFound"/>,
/// <see cref="ErrorCode.Unavailable"/>; of a request that is not there: <see cref="ErrorCode.RequestNotFound"/>; of one that has ended:
/// <see cref="ErrorCode.InvalidState"/>.
/// </summary>
public interface IRoleRequestActor
{
    /// <summary>Makes it.</summary>
    Task<Result<RoleRequest>> CreateAsync(RoleRequestDraft draft, Caller caller);

    /// <summary>Approves it. Where that completes it the role is given, judged as an assignment of the caller's own; refused, it stays as it was.</summary>
    Task<Result<RoleRequest>> ApproveAsync(string? comment, Caller caller);

    /// <summary>Declines it.</summary>
    Task<Result<RoleRequest>> RejectAsync(string? comment, Caller caller);

    /// <summary>Takes it back.</summary>
    Task<Result<RoleRequest>> CancelAsync(string? comment, Caller caller);

    /// <summary>Its role is being deleted: it ends, if it has not. May be repeated.</summary>
    Task<Result<bool>> WithdrawAsync(Caller caller);

    /// <summary>Due work: goes on with an approval that was cut off, ends what nobody decided in time.</summary>
    Task<Result<bool>> ContinueAsync();
}
