using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>How much of a tenant waits to be written to its audit log.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Rows">How many rows of the outbox.</param>
public readonly record struct AuditBacklog(TenantId Tenant, long Rows);
