using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Answers questions. Errors: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>.
/// A subject that nothing is stored of is denied, not an error.
/// </summary>
public interface IDecisions
{
    /// <summary>Decides at <paramref name="now"/>. Completes synchronously for a subject and tenant in memory.</summary>
    ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now);

    /// <summary>Decides each, in the order given; one that cannot be decided keeps no other from its answer.</summary>
    ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests);

    /// <summary>Decides, and tells how it came about, from the same state.</summary>
    ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now);

    /// <summary>What the subject has at <paramref name="now"/>, in order of permission, role, assignment.</summary>
    ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now);
}
