using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Forgets the actors of a tenant that is being removed.</summary>
public interface ITenantEviction
{
    /// <summary>
    /// The actors of the tenant's subjects, roles and entities end their current turns and are forgotten; a later call activates
    /// them anew. Never called from inside one of their turns.
    /// </summary>
    Task EvictAsync(TenantId tenant);
}
