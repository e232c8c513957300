using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Http;

/// <summary>Where a request goes.</summary>
/// <param name="Methods">The endpoints of the path by method; null: no such path.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="HasPrefix">Whether the path named the tenant.</param>
/// <param name="Arguments">The values of the path's parameters.</param>
internal readonly record struct Route(IReadOnlyDictionary<string, ApiEndpoint>? Methods, TenantId Tenant, bool HasPrefix, IReadOnlyList<string> Arguments);
