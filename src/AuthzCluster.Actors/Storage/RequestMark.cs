using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>What is kept of a request that was done, so that a repeat of it is answered and not done again. Its identity is tenant and id.</summary>
/// <param name="Tenant">The tenant that it was made in.</param>
/// <param name="Id">Which request; at most 128 characters.</param>
/// <param name="Fingerprint">What was asked; a repeat that asks for anything else is none.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Until">From when on it may be removed; kept to the microsecond.</param>
public sealed record RequestMark(TenantId Tenant, string Id, byte[] Fingerprint, byte[] Answer, DateTimeOffset Until);
