using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copies of models and entities. How many there may be is bounded: who asks about ever new ones fills no memory.</summary>
internal sealed class NodeReplicas : ITenantReplicas, IEntityReplicas
{
    private const int MostModels = 10_000, MostEntities = 100_000;

    /// <summary>That of no copy.</summary>
    public const long NoRevision = -1;

    private readonly Recent<TenantId, ModelReplica> _models;
    private readonly Recent<(TenantId Tenant, EntityId Entity), EntityReplica> _entities;

    public NodeReplicas(ActorPorts ports)
    {
        _models = new(MostModels, tenant => new ModelReplica(tenant, ports));
        _entities = new(MostEntities, key => new EntityReplica(key.Tenant, key.Entity, Of(key.Tenant), ports));
    }

    public ITenantReplica Of(TenantId tenant) => _models.Get(tenant);

    public IEntityReplica Of(TenantId tenant, EntityId entity) => _entities.Get((tenant, entity));

    /// <summary>Something was committed that there may be a copy of here.</summary>
    public void Changed(ActorKey key, long revision)
    {
        if (key.IsTenant)
        {
            _models.Find(key.Tenant)?.Changed(revision);
        }
        else if (key.IsEntity)
        {
            _entities.Find((key.Tenant, key.Entity))?.Changed(revision);
        }
    }

    /// <summary>All of a tenant was removed.</summary>
    public void Forget(TenantId tenant)
    {
        _models.Find(tenant)?.Changed(NoRevision);
        foreach (var (key, entity) in _entities.All)
        {
            if (key.Tenant == tenant)
            {
                entity.Changed(NoRevision);
            }
        }
    }
}
