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

    /// <summary>
    /// Runs a write of a role, found by id or name. Where it is not there and the request may be a repeat, it may be gone by this very
    /// request, or since: then the writer is asked, by what the role was called, whether it was done.
    /// </summary>
    public static Task<Result<T>> WriteRoleAsync<T>(
        this ITenantReplicas replicas, TenantId tenant, string role, Caller caller, Func<RoleId, RoleDefinition?, Task<Result<T>>> write) =>
        replicas.WithTenantAsync(tenant, async model =>
        {
            if (model.Model.Catalog.Resolve(role) is { } definition)
            {
                return await write(definition.Id, definition);
            }
            if (caller.Request is not { MayBeRepeat: true })
            {
                return Refusals.NoRole(role);
            }
            // One that is being deleted is hidden, and its name is not its id.
            var hidden = model.Model.Roles.Values.FirstOrDefault(half => half.IsDeleting && half.Name == role);
            var done = await write(hidden?.Id ?? new RoleId(role), null);
            return done.IsOk || done.Error.Code is ErrorCode.Unavailable or ErrorCode.InvalidState ? done : Refusals.NoRole(role);
        });
}
