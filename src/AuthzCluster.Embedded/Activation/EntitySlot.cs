using AuthzCluster.Hosting;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Embedded.Activation;

/// <summary>A stored entity's slot. In one process the writer's committed state is the node's copy of it.</summary>
internal sealed class EntitySlot(TenantTable table, EntityId entity, EntityActor actor)
    : Slot<EntitySlot, EntityActor>(actor), IEntityActor, IEntityReplica, IStranger
{
    public StoredEntity? Current => IsClosed ? null : Actor.Current;

    public ValueTask<StoredEntity?> LoadAsync() => Current is { } current ? new(current) : new(LoadInTurnAsync());

    public async Task<Result<EntityChange>> PutAsync(AttributeBag properties, long? ifVersion, Caller caller)
    {
        var put = await TurnAsync(writer => writer.PutAsync(properties, ifVersion, caller)).ConfigureAwait(false);
        // Of a million rows few are asked about soon: an import leaves none of them in memory.
        if (caller.Under == Rights.ModelImport)
        {
            Leave();
        }
        return put;
    }

    public Task<Result<EntityChange>> DeleteAsync(long? ifVersion, Caller caller) => TurnAsync(writer => writer.DeleteAsync(ifVersion, caller));

    public void LeaveIfStranger()
    {
        if (Actor.HoldsNothing)
        {
            Leave();
        }
    }

    protected override EntitySlot Successor() => table.Directory.EntitySlot(table.Tenant, entity);

    private void Leave()
    {
        if (TryClose())
        {
            table.Entities.TryRemove(new(entity, this));
        }
    }

    private Task<StoredEntity?> LoadInTurnAsync() => TurnAsync(async writer =>
    {
        await writer.LoadAsync().ConfigureAwait(false);
        return writer.Current;
    });
}
