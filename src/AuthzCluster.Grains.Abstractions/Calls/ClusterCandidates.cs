using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>What searches look at, by way of any silo.</summary>
internal sealed class ClusterCandidates(ClusterCaller calls) : ICandidates
{
    public Task<Result<Page<string>>> ListSubjectsAsync(TenantId tenant, string type, Permission permission, bool includeEnded, string? after, int limit) =>
        calls.ReadAsync<ICandidatesGrain, Page<string>>(grain => grain.ListSubjectsAsync(tenant, type, permission, includeEnded, after, limit), calls.Options.ListDeadline);

    public Task<Result<Page<string>>> ListResourcesAsync(TenantId tenant, string type, string? after, int limit) =>
        calls.ReadAsync<ICandidatesGrain, Page<string>>(grain => grain.ListResourcesAsync(tenant, type, after, limit), calls.Options.ListDeadline);

    public Task<Result<Page<string>>> ListActionsAsync(TenantId tenant, string resourceType, string? after, int limit) =>
        calls.ReadAsync<ICandidatesGrain, Page<string>>(grain => grain.ListActionsAsync(tenant, resourceType, after, limit), calls.Options.ListDeadline);
}
