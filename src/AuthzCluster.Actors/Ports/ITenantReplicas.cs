using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>This node's copies of the tenants' models.</summary>
public interface ITenantReplicas
{
    /// <summary>The copy of one tenant's model; finding it costs nothing and cannot fail.</summary>
    ITenantReplica Of(TenantId tenant);
}
