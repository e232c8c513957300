using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Embedded.Activation;

/// <summary>The slot of a request for a role.</summary>
internal sealed class RoleRequestSlot(TenantTable table, string request, RoleRequestActor actor) : Slot<RoleRequestSlot, RoleRequestActor>(actor), IRoleRequestActor
{
    public Task<Result<RoleRequest>> CreateAsync(RoleRequestDraft draft, Caller caller) => TurnAsync(writer => writer.CreateAsync(draft, caller));

    public Task<Result<RoleRequest>> ApproveAsync(string? comment, Caller caller) => TurnAsync(writer => writer.ApproveAsync(comment, caller));

    public Task<Result<RoleRequest>> RejectAsync(string? comment, Caller caller) => TurnAsync(writer => writer.RejectAsync(comment, caller));

    public Task<Result<RoleRequest>> CancelAsync(string? comment, Caller caller) => TurnAsync(writer => writer.CancelAsync(comment, caller));

    public Task<Result<bool>> WithdrawAsync(Caller caller) => TurnAsync(writer => writer.WithdrawAsync(caller));

    public Task<Result<bool>> ContinueAsync() => TurnAsync(writer => writer.ContinueAsync());

    protected override RoleRequestSlot Successor() => table.Directory.RoleRequestSlot(table.Tenant, request);
}
