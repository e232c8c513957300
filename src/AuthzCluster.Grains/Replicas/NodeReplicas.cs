using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copies of what others write. How many there may be is bounded: who asks about ever new ones fills no memory.</summary>
internal sealed class NodeReplicas : ITenantReplicas, IEntityReplicas
{
    private const int MostModels = 10_000, MostEntities = 100_000, MostSubjects = 10_000;

    private readonly Recent<TenantId, ModelReplica> _models;
    private readonly Recent<(TenantId Tenant, EntityId Entity), EntityReplica> _entities;
    private readonly Recent<(TenantId Tenant, SubjectId Subject), (SubjectReplica Replica, SubjectReader Reader)> _subjects;

    public NodeReplicas(ActorPorts ports)
    {
        _models = new(MostModels, tenant => new ModelReplica(tenant, this, ports), model => model.Close());
        _entities = new(MostEntities, key => new EntityReplica(key.Tenant, key.Entity, Of(key.Tenant), ports), entity => entity.Close());
        _subjects = new(
            MostSubjects,
            key =>
            {
                var replica = new SubjectReplica(key.Tenant, key.Subject, Of(key.Tenant), ports);
                return (replica, new SubjectReader(key.Tenant, replica, Of(key.Tenant), this, ports.Outside, ports.Decisions));
            },
            subject => subject.Replica.Close());
    }

    public ITenantReplica Of(TenantId tenant) => _models.Get(tenant);

    public IEntityReplica Of(TenantId tenant, EntityId entity) => _entities.Get((tenant, entity));

    /// <summary>Answers about a subject whose grain is elsewhere.</summary>
    public SubjectReader Subject(TenantId tenant, SubjectId subject) => _subjects.Get((tenant, subject)).Reader;
}
