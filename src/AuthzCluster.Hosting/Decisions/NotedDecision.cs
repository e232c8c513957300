using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>A decision that waits to be written.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Decision">What was answered.</param>
/// <param name="At">The instant that it is about.</param>
/// <param name="Time">When it was decided.</param>
internal readonly record struct NotedDecision(TenantId Tenant, AccessRequest Request, Decision Decision, DateTimeOffset At, DateTimeOffset Time);
