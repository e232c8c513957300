using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copy of one stored entity.</summary>
internal sealed class EntityReplica(TenantId tenant, EntityId entity, ITenantReplica model, ActorPorts ports) : Replica<StoredEntity>, IEntityReplica
{
    // Of a tenant that is no more nothing is read: what is left of it may be on its way out.
    protected override async ValueTask<StoredEntity?> ReadAsync()
    {
        if (await model.LoadAsync().ConfigureAwait(false) is null)
        {
            return null;
        }
        var key = ActorKey.Of(tenant, entity);
        return await ports.Store.ReadAsync(key).ConfigureAwait(false) is { } stored
            ? ports.Decode(key, () => EntityCodec.Decode(stored.State))
            : new StoredEntity();
    }

    // Whether there is such a tenant its model tells.
    protected override bool Keeps(StoredEntity? value) => value is not null;

    protected override long RevisionOf(StoredEntity value) => value.Revision;
}
