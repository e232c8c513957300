using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Passes each question to the writer of the subject that it is about.</summary>
/// <param name="directory">Where the subjects' writers are.</param>
public class DecisionService(IActorDirectory directory) : IDecisions
{
    /// <inheritdoc/>
    public ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) =>
        directory.Subject(tenant, request.Subject).EvaluateAsync(request, now);

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests)
    {
        // All are under way before the first is waited for: where an outside engine is asked, they wait together.
        var pending = new ValueTask<Result<Decision>>[requests.Count];
        for (var i = 0; i < pending.Length; i++)
        {
            pending[i] = EvaluateAsync(tenant, requests[i].Request, requests[i].At);
        }
        var decisions = new Result<Decision>[pending.Length];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = await pending[i];
        }
        return decisions;
    }

    /// <inheritdoc/>
    public ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) =>
        directory.Subject(tenant, request.Subject).ExplainAsync(request, now);

    /// <inheritdoc/>
    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now) =>
        directory.Subject(tenant, subject).ListPermissionsAsync(now);
}
