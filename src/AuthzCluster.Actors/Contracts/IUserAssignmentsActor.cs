using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Contracts;

/// <summary>
/// The single writer of what one subject holds. <see cref="EvaluateAsync"/>, <see cref="ExplainAsync"/>,
/// <see cref="ListPermissionsAsync"/> and <see cref="ReadAsync"/> interleave with everything and see committed
/// states only; what <see cref="IUserAssignmentsWriter"/> has takes turns. Errors of all: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IUserAssignmentsActor : IUserAssignmentsWriter
{
    /// <summary>Decides at <paramref name="now"/>.</summary>
    ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now);

    /// <summary>Decides, and tells how it came about.</summary>
    ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now);

    /// <summary>What the subject has at <paramref name="now"/>.</summary>
    ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now);

    /// <summary>What is stored of the subject.</summary>
    ValueTask<Result<SubjectAssignments>> ReadAsync();
}
