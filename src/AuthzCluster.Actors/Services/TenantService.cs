using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Tenants: reads from the node's models and the index, writes through the tenants' writers.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="eviction">Forgets the actors of a removed tenant.</param>
/// <param name="ports">The host's, for the list.</param>
public class TenantService(IActorDirectory directory, ITenantReplicas replicas, ITenantEviction eviction, ActorPorts ports) : ITenants
{
    private readonly TenantRemoval _removal = new(directory, eviction, ports);

    /// <inheritdoc/>
    public Task<Result<TenantView>> CreateAsync(TenantId id, TenantPatch patch, Caller caller) => directory.Tenant(id).CreateAsync(patch, caller);

    /// <inheritdoc/>
    public ValueTask<Result<TenantView>> GetAsync(TenantId id) =>
        replicas.Of(id).Current is { } current
            ? new(TenantView.Of(current.Model))
            : new(replicas.WithTenantAsync<TenantView>(id, async model => await ValueTask.FromResult(TenantView.Of(model.Model))));

    /// <inheritdoc/>
    public Task<Result<Page<TenantView>>> ListAsync(string? after, int limit) => Reading.GuardAsync<Page<TenantView>>(async () =>
    {
        var rows = await ports.Store.ReadIndexAsync(IndexNames.Everywhere, IndexNames.Tenants, "", after, limit + 1);
        var keys = rows.Take(limit).Select(row => ActorKey.Of(new TenantId(row.Member))).ToArray();
        var states = await ports.Store.ReadManyAsync(keys);
        // One that is being removed may have its row read before and its state after.
        var byKey = states.Where(state => state.State.Length > 0).ToDictionary(state => state.Key, state => state.State);
        var models = keys.Where(byKey.ContainsKey).Select(key => ports.Decode(key, () => TenantView.Of(TenantModelCodec.Decode(byKey[key])))).ToArray();
        return new Page<TenantView>(models, rows.Count > limit ? rows[limit - 1].Member : null);
    });

    /// <inheritdoc/>
    public Task<Result<TenantView>> UpdateAsync(TenantId id, TenantPatch patch, long? ifVersion, Caller caller) =>
        directory.Tenant(id).UpdateAsync(patch, ifVersion, caller);

    /// <inheritdoc/>
    public async Task<Result<TenantId>> DeleteAsync(TenantId id, long? ifVersion, Caller caller)
    {
        if (id == TenantId.Default || id == TenantId.System)
        {
            return new AuthzError(ErrorCode.InvalidState, $"the tenant `{id}` cannot be removed");
        }
        var marked = await directory.Tenant(id).DeleteAsync(ifVersion, caller);
        if (!marked.IsOk)
        {
            return marked;
        }
        // Of a repeat there may be nothing left to remove, or a tenant that was made since.
        var isLeft = await directory.Tenant(id).ExpireAsync();
        var error = isLeft is { IsOk: true, Value: false } ? (await _removal.RunAsync(id)).Error : isLeft.Error;
        // An error: nothing answers for it any more, and due work does the rest.
        return error is null ? marked : error;
    }
}
