using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>Something to be taken up in order, once.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Payload">What.</param>
public readonly record struct OutboxRow(TenantId Tenant, byte[] Payload);
