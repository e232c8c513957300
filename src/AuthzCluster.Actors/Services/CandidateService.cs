using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Candidates of searches: from the node's models and the indexes, inwards from what could give an allow.</summary>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class CandidateService(ITenantReplicas replicas, ActorPorts ports) : ICandidates
{
    /// <inheritdoc/>
    public Task<Result<Page<string>>> ListSubjectsAsync(TenantId tenant, string type, Permission permission, bool includeEnded, string? after, int limit) =>
        replicas.WithTenantAsync(tenant, model =>
        {
            var reach = Reach.Of(model, permission);
            return new SubjectCandidates(model, type, reach, includeEnded, ports).ReadAsync(after, limit);
        });

    /// <inheritdoc/>
    public Task<Result<Page<string>>> ListResourcesAsync(TenantId tenant, string type, string? after, int limit) =>
        replicas.WithTenantAsync<Page<string>>(tenant, async model =>
        {
            var rows = model.StoresEntitiesOf(type) ? await ports.Store.ReadIndexAsync(tenant, IndexNames.Entities, type, after, limit + 1) : [];
            return PageOf([.. rows.Select(row => row.Member)], limit);
        });

    /// <inheritdoc/>
    public Task<Result<Page<string>>> ListActionsAsync(TenantId tenant, string resourceType, string? after, int limit) =>
        replicas.WithTenantAsync<Page<string>>(tenant, model =>
        {
            var all = ActionNames.Of(model, resourceType).Where(action => after is null || string.CompareOrdinal(action, after) > 0).Take(limit + 1);
            return Task.FromResult<Result<Page<string>>>(PageOf([.. all], limit));
        });

    private static Page<string> PageOf(IReadOnlyList<string> found, int limit) =>
        found.Count > limit ? new Page<string>([.. found.Take(limit)], found[limit - 1]) : new Page<string>(found, null);
}
