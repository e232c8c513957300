using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>How services read a tenant's model: missing tenants, missing roles and storage failures become refusals in one place.</summary>
internal static class Reading
{
    /// <summary>Runs a read, with a storage failure as its answer.</summary>
    public static async Task<Result<T>> GuardAsync<T>(Func<Task<Result<T>>> read)
    {
        try
        {
            return await read();
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <summary>Runs a read of a tenant's model.</summary>
    public static Task<Result<T>> WithTenantAsync<T>(this ITenantReplicas replicas, TenantId tenant, Func<CompiledTenant, Task<Result<T>>> read) =>
        GuardAsync(async () => await replicas.Of(tenant).LoadAsync() is { } model ? await read(model) : Refusals.NoTenant(tenant));

    /// <summary>Runs a read of a role, found by id or name.</summary>
    public static Task<Result<T>> WithRoleAsync<T>(
        this ITenantReplicas replicas, TenantId tenant, string role, Func<CompiledTenant, RoleDefinition, Task<Result<T>>> read) =>
        replicas.WithTenantAsync(tenant, async model =>
            model.Model.Catalog.Resolve(role) is { } definition ? await read(model, definition) : Refusals.NoRole(role));
}
