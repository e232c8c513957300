using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Policies, by way of any silo.</summary>
internal sealed class ClusterPolicies(ClusterCaller calls) : IPolicies
{
    public Task<Result<Page<PolicyDefinition>>> ListAsync(TenantId tenant, string? after, int limit) =>
        calls.ReadAsync<IPoliciesGrain, Page<PolicyDefinition>>(grain => grain.ListAsync(tenant, after, limit), calls.Options.ListDeadline);

    public Task<Result<PolicyDefinition>> GetAsync(TenantId tenant, string policy) =>
        calls.ReadAsync<IPoliciesGrain, PolicyDefinition>(grain => grain.GetAsync(tenant, policy));

    public Task<Result<PolicyDefinition>> CreateAsync(TenantId tenant, PolicyDraft draft, Caller caller) =>
        calls.WriteAsync<IPoliciesGrain, PolicyDefinition>(tenant, caller, (grain, named) => grain.CreateAsync(tenant, draft, named));

    public Task<Result<PolicyDefinition>> ReplaceAsync(TenantId tenant, string policy, PolicyDraft draft, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IPoliciesGrain, PolicyDefinition>(tenant, caller, (grain, named) => grain.ReplaceAsync(tenant, policy, draft, ifVersion, named));

    public Task<Result<bool>> DeleteAsync(TenantId tenant, string policy, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IPoliciesGrain, bool>(tenant, caller, (grain, named) => grain.DeleteAsync(tenant, policy, ifVersion, named));

    public Task<Result<PolicyDefinition>> AttachAsync(TenantId tenant, string role, PolicyDraft draft, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IPoliciesGrain, PolicyDefinition>(tenant, caller, (grain, named) => grain.AttachAsync(tenant, role, draft, ifVersion, named));

    public Task<Result<bool>> DetachAsync(TenantId tenant, string role, string policy, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IPoliciesGrain, bool>(tenant, caller, (grain, named) => grain.DetachAsync(tenant, role, policy, ifVersion, named));

    public Task<Result<IReadOnlyList<Explanation>>> TryAsync(TenantId tenant, PolicyDraft draft, IReadOnlyList<TimedRequest> requests) =>
        calls.ReadAsync<IPoliciesGrain, IReadOnlyList<Explanation>>(grain => grain.TryAsync(tenant, draft, requests), calls.Options.ListDeadline);
}
