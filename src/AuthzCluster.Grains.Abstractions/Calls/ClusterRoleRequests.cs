using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Requests for roles, by way of any silo.</summary>
internal sealed class ClusterRoleRequests(ClusterCaller calls) : IRoleRequests
{
    public Task<Result<RoleRequestView>> CreateAsync(TenantId tenant, RoleRequestDraft draft, Caller caller) =>
        calls.WriteAsync<IRoleRequestsGrain, RoleRequestView>(tenant, caller, (grain, named) => grain.CreateAsync(tenant, draft, named));

    public Task<Result<RoleRequestView>> GetAsync(TenantId tenant, string request) =>
        calls.ReadAsync<IRoleRequestsGrain, RoleRequestView>(grain => grain.GetAsync(tenant, request));

    public Task<Result<Page<RoleRequestView>>> ListAsync(TenantId tenant, RoleRequestQuery query) =>
        calls.ReadAsync<IRoleRequestsGrain, Page<RoleRequestView>>(grain => grain.ListAsync(tenant, query), calls.Options.ListDeadline);

    public Task<Result<RoleRequestView>> ApproveAsync(TenantId tenant, string request, string? comment, Caller caller) =>
        calls.WriteAsync<IRoleRequestsGrain, RoleRequestView>(
            tenant, caller, (grain, named) => grain.ApproveAsync(tenant, request, comment, named), calls.Options.LongDeadline);

    public Task<Result<RoleRequestView>> RejectAsync(TenantId tenant, string request, string? comment, Caller caller) =>
        calls.WriteAsync<IRoleRequestsGrain, RoleRequestView>(tenant, caller, (grain, named) => grain.RejectAsync(tenant, request, comment, named));

    public Task<Result<RoleRequestView>> CancelAsync(TenantId tenant, string request, string? comment, Caller caller) =>
        calls.WriteAsync<IRoleRequestsGrain, RoleRequestView>(tenant, caller, (grain, named) => grain.CancelAsync(tenant, request, comment, named));
}
