using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Tenants, by way of any silo. Whether somebody may is decided in the tenant of the system, where requests are kept then: they outlive the tenant.</summary>
internal sealed class ClusterTenants(ClusterCaller calls) : ITenants
{
    public Task<Result<TenantView>> CreateAsync(TenantId id, TenantPatch patch, Caller caller) =>
        calls.WriteAsync<ITenantsGrain, TenantView>(TenantId.System, caller, (grain, named) => grain.CreateAsync(id, patch, named));

    public ValueTask<Result<TenantView>> GetAsync(TenantId id) =>
        new(calls.ReadAsync<ITenantsGrain, TenantView>(grain => grain.GetAsync(id).AsTask()));

    public Task<Result<Page<TenantView>>> ListAsync(string? after, int limit) =>
        calls.ReadAsync<ITenantsGrain, Page<TenantView>>(grain => grain.ListAsync(after, limit));

    public Task<Result<TenantView>> UpdateAsync(TenantId id, TenantPatch patch, long? ifVersion, Caller caller) =>
        calls.WriteAsync<ITenantsGrain, TenantView>(TenantId.System, caller, (grain, named) => grain.UpdateAsync(id, patch, ifVersion, named));

    public Task<Result<TenantId>> DeleteAsync(TenantId id, long? ifVersion, Caller caller) =>
        calls.WriteAsync<ITenantsGrain, TenantId>(TenantId.System, caller, (grain, named) => grain.DeleteAsync(id, ifVersion, named), calls.Options.LongDeadline);
}
