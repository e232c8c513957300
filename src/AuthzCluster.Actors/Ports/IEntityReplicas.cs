using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>This node's copies of stored entities.</summary>
public interface IEntityReplicas
{
    /// <summary>The copy of one entity; finding it costs nothing and cannot fail.</summary>
    IEntityReplica Of(TenantId tenant, EntityId entity);
}
