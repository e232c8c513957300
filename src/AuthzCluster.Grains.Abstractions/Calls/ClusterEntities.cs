using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Stored entities, by way of any silo.</summary>
internal sealed class ClusterEntities(ClusterCaller calls) : IEntities
{
    public Task<Result<EntityView>> GetAsync(TenantId tenant, EntityId entity) =>
        calls.ReadAsync<IEntitiesGrain, EntityView>(grain => grain.GetAsync(tenant, entity));

    public Task<Result<Page<EntityView>>> ListAsync(TenantId tenant, string type, string? after, int limit) =>
        calls.ReadAsync<IEntitiesGrain, Page<EntityView>>(grain => grain.ListAsync(tenant, type, after, limit), calls.Options.ListDeadline);

    public Task<Result<EntityView>> PutAsync(TenantId tenant, EntityId entity, AttributeBag properties, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IEntitiesGrain, EntityView>(tenant, caller, (grain, named) => grain.PutAsync(tenant, entity, properties, ifVersion, named));

    public Task<Result<EntityId>> DeleteAsync(TenantId tenant, EntityId entity, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IEntitiesGrain, EntityId>(tenant, caller, (grain, named) => grain.DeleteAsync(tenant, entity, ifVersion, named));

    public Task<Result<RowsReport>> ImportAsync(TenantId tenant, IReadOnlyList<EntityRow> rows, bool dryRun, Caller caller) =>
        calls.WriteAsync<IEntitiesGrain, RowsReport>(tenant, caller, (grain, named) => grain.ImportAsync(tenant, rows, dryRun, named), calls.Options.LongDeadline);
}
