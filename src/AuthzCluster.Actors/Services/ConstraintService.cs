using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Constraints: reads from the node's models, writes through the tenants' writers.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
public class ConstraintService(IActorDirectory directory, ITenantReplicas replicas) : IConstraints
{
    /// <inheritdoc/>
    public Task<Result<Page<SeparationConstraint>>> ListAsync(TenantId tenant, string? after, int limit) =>
        replicas.WithTenantAsync<Page<SeparationConstraint>>(tenant, async model =>
        {
            var found = model.Model.Constraints.Values
                .Where(constraint => after is null || string.CompareOrdinal(constraint.Id, after) > 0).Take(limit + 1).ToArray();
            var page = found.Length > limit ? found[..limit] : found;
            return await ValueTask.FromResult(new Page<SeparationConstraint>(page, found.Length > limit ? page[^1].Id : null));
        });

    /// <inheritdoc/>
    public Task<Result<SeparationConstraint>> GetAsync(TenantId tenant, string constraint) =>
        replicas.WithTenantAsync<SeparationConstraint>(tenant, async model => await ValueTask.FromResult(ConstraintEditor.Find(model.Model, constraint)));

    /// <inheritdoc/>
    public Task<Result<SeparationConstraint>> CreateAsync(TenantId tenant, ConstraintDraft draft, Caller caller) =>
        directory.Tenant(tenant).CreateConstraintAsync(draft, caller);

    /// <inheritdoc/>
    public Task<Result<bool>> DeleteAsync(TenantId tenant, string constraint, Caller caller) =>
        directory.Tenant(tenant).DeleteConstraintAsync(constraint, caller);
}
