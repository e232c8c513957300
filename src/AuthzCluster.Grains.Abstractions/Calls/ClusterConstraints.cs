using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Constraints, by way of any silo.</summary>
internal sealed class ClusterConstraints(ClusterCaller calls) : IConstraints
{
    public Task<Result<Page<SeparationConstraint>>> ListAsync(TenantId tenant, string? after, int limit) =>
        calls.ReadAsync<IConstraintsGrain, Page<SeparationConstraint>>(grain => grain.ListAsync(tenant, after, limit), calls.Options.ListDeadline);

    public Task<Result<SeparationConstraint>> GetAsync(TenantId tenant, string constraint) =>
        calls.ReadAsync<IConstraintsGrain, SeparationConstraint>(grain => grain.GetAsync(tenant, constraint));

    public Task<Result<SeparationConstraint>> CreateAsync(TenantId tenant, ConstraintDraft draft, Caller caller) =>
        calls.WriteAsync<IConstraintsGrain, SeparationConstraint>(tenant, caller, (grain, named) => grain.CreateAsync(tenant, draft, named));

    public Task<Result<bool>> DeleteAsync(TenantId tenant, string constraint, Caller caller) =>
        calls.WriteAsync<IConstraintsGrain, bool>(tenant, caller, (grain, named) => grain.DeleteAsync(tenant, constraint, named));
}
