using AuthzCluster.Hosting;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
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

    public Task<Result<EntityChange>> PutAsync(AttributeBag properties, long? ifVersion, Caller caller) =>
        TurnAsync(writer => writer.PutAsync(properties, ifVersion, caller));

    public Task<Result<EntityChange>> DeleteAsync(long? ifVersion, Caller caller) => TurnAsync(writer => writer.DeleteAsync(ifVersion, caller));

    public void LeaveIfStranger()
    {
        if (Actor.HoldsNothing && TryClose())
        {
            table.Entities.TryRemove(new(entity, this));
        }
    }

    protected override EntitySlot Successor() => table.Directory.EntitySlot(table.Tenant, entity);

    private Task<StoredEntity?> LoadInTurnAsync() => TurnAsync(async writer =>
    {
        await writer.LoadAsync().ConfigureAwait(false);
        return writer.Current;
    });
}
