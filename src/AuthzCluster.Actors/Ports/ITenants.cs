using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>The tenants.</summary>
public interface ITenants
{
    /// <summary>Makes a tenant; <see cref="ErrorCode.InvalidState"/> where it exists or is still being removed.</summary>
    Task<Result<TenantView>> CreateAsync(TenantId id, TenantPatch patch, Caller caller);

    /// <summary>Finds a tenant: its model as of now. <see cref="ErrorCode.TenantNotFound"/>.</summary>
    ValueTask<Result<TenantView>> GetAsync(TenantId id);

    /// <summary>Lists tenants by id.</summary>
    Task<Result<Page<TenantView>>> ListAsync(string? after, int limit);

    /// <summary>Changes a tenant. <paramref name="ifVersion"/>: only at that revision of its model.</summary>
    Task<Result<TenantView>> UpdateAsync(TenantId id, TenantPatch patch, long? ifVersion, Caller caller);

    /// <summary>Removes a tenant and all that is stored of it, but its audit log; <c>default</c> and <c>system</c> stay.</summary>
    Task<Result<TenantId>> DeleteAsync(TenantId id, long? ifVersion, Caller caller);
}
