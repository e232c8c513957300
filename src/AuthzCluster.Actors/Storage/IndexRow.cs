using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>A row of an index. Its identity is all but <paramref name="At"/>: adding one that is there sets its instant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Index">One of <see cref="IndexNames"/>.</param>
/// <param name="Key">What is looked up.</param>
/// <param name="Member">What is found.</param>
/// <param name="At">An instant that the index orders or counts by; null: never.</param>
public readonly record struct IndexRow(TenantId Tenant, string Index, string Key, string Member, DateTimeOffset? At = null);
