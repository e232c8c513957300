using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Stored entities: attributes of subjects and resources that join every decision about them.</summary>
public interface IEntities
{
    /// <summary>Finds one; <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Result<EntityView>> GetAsync(TenantId tenant, EntityId entity);

    /// <summary>Those of a type in ordinal order of their ids; <paramref name="after"/> comes from a page.</summary>
    Task<Result<Page<EntityView>>> ListAsync(TenantId tenant, string type, string? after, int limit);

    /// <summary>Makes one, or replaces all of it. <paramref name="ifVersion"/>: only where it is there at that version.</summary>
    Task<Result<EntityView>> PutAsync(TenantId tenant, EntityId entity, AttributeBag properties, long? ifVersion, Caller caller);

    /// <summary>Removes one; <see cref="ErrorCode.NotFound"/> where it is not there.</summary>
    Task<Result<EntityId>> DeleteAsync(TenantId tenant, EntityId entity, long? ifVersion, Caller caller);

    /// <summary>
    /// Puts row by row; every row is validated before the first is applied (else <see cref="ErrorCode.ValidationFailed"/>
    /// and nothing is changed). Repeating it is safe. <paramref name="dryRun"/>: reports only.
    /// </summary>
    Task<Result<RowsReport>> ImportAsync(TenantId tenant, IReadOnlyList<EntityRow> rows, bool dryRun, Caller caller);
}
