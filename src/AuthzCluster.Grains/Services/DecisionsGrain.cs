using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>Questions by way of this silo: batches, and what was lost on another way.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("decisions")]
internal sealed class DecisionsGrain(IGrainContext context, SiloNode node) : IDecisionsGrain, IPortGrain
{
    private readonly IDecisions _decisions = node.Core.Services.Decisions;

    public IGrainContext GrainContext => context;

    public ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) => _decisions.EvaluateAsync(tenant, request, now);

    public ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests) =>
        _decisions.EvaluateManyAsync(tenant, requests);

    public ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) =>
        _decisions.ExplainAsync(tenant, request, now);

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now) =>
        _decisions.ListPermissionsAsync(tenant, subject, now);
}
