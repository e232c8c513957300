using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>A question to an outside engine, with all that it depends on.</summary>
/// <param name="Tenant">Whose policy it is.</param>
/// <param name="TenantSince">When the tenant was made: another may have had its name.</param>
/// <param name="ModelRevision">The tenant's model that asks.</param>
/// <param name="SubjectRevision">The subject's grants that ask.</param>
/// <param name="Url">The engine's address; null: the operator's first.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Request">What it is about, stored properties among it.</param>
public sealed record OutsideCall(
    TenantId Tenant, DateTimeOffset TenantSince, long ModelRevision, long SubjectRevision, string? Url, OutsideQuestion Question, AccessRequest Request);
