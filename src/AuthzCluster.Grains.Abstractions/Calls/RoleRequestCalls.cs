using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>The writer of a request for a role, its lost calls as refusals.</summary>
internal sealed class RoleRequestCalls(IRoleRequestGrain grain) : IRoleRequestActor
{
    public Task<Result<RoleRequest>> CreateAsync(RoleRequestDraft draft, Caller caller) => grain.CreateAsync(draft, caller).ToRefusalAsync();

    public Task<Result<RoleRequest>> ApproveAsync(string? comment, Caller caller) => grain.ApproveAsync(comment, caller).ToRefusalAsync();

    public Task<Result<RoleRequest>> RejectAsync(string? comment, Caller caller) => grain.RejectAsync(comment, caller).ToRefusalAsync();

    public Task<Result<RoleRequest>> CancelAsync(string? comment, Caller caller) => grain.CancelAsync(comment, caller).ToRefusalAsync();

    public Task<Result<bool>> WithdrawAsync(Caller caller) => grain.WithdrawAsync(caller).ToRefusalAsync();

    public Task<Result<bool>> ContinueAsync() => grain.ContinueAsync().ToRefusalAsync();
}
