using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copy of one stored entity. Nobody has it for longer than a question.</summary>
internal sealed class EntityReplica(TenantId tenant, EntityId entity, ITenantReplica model, ActorPorts ports)
    : Replica<StoredEntity>(ActorKey.Of(tenant, entity), ports.Cells), IEntityReplica
{
    // Of a tenant that is no more nothing is read: what is left of it may be on its way out.
    protected override async ValueTask<(StoredEntity, long)?> ReadAsync()
    {
        if (await model.LoadAsync().ConfigureAwait(false) is null)
        {
            return null;
        }
        var stored = await ports.Store.ReadAsync(Key).ConfigureAwait(false);
        return (stored is null ? new StoredEntity() : ports.Decode(Key, () => EntityCodec.Decode(stored.State)), stored?.Version ?? 0);
    }
}
