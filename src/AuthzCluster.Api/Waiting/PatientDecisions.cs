using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Waiting;

/// <summary>Decisions, waited for so long and no longer. By hand, so that a check pays nothing for it.</summary>
internal sealed class PatientDecisions(IDecisions decisions, Patience patience) : IDecisions
{
    public ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) => patience.Of(decisions.EvaluateAsync(tenant, request, now));

    public ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests) => patience.Of(decisions.EvaluateManyAsync(tenant, requests));

    public ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) => patience.Of(decisions.ExplainAsync(tenant, request, now));

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now) =>
        patience.Of(decisions.ListPermissionsAsync(tenant, subject, now));
}
