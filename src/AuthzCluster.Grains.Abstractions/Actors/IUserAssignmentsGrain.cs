using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using Orleans.Concurrency;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>
/// The single writer of what one subject holds. Its key is the actor's key in storage. What reads is declared here, to carry
/// its attribute: it interleaves with everything. (By a predicate it would not do: a read that waits would then let two
/// writes in.)
/// </summary>
[Alias("authz.user-assignments")]
public interface IUserAssignmentsGrain : IUserAssignmentsWriter, IGrainWithStringKey
{
    /// <summary>How long an answer is waited for before it is asked for on another way.</summary>
    private const string Patience = "00:00:01";

    /// <summary>Decides at <paramref name="now"/>.</summary>
    [AlwaysInterleave, Alias("evaluate"), ResponseTimeout(Patience)]
    ValueTask<Result<Decision>> EvaluateAsync([Immutable] AccessRequest request, DateTimeOffset now);

    /// <summary>Decides each, in the order given; all are about this subject.</summary>
    [AlwaysInterleave, Alias("evaluate-many"), ResponseTimeout(Patience)]
    ValueTask<Result<Decision>[]> EvaluateManyAsync([Immutable] TimedRequest[] requests);

    /// <summary>Decides, and tells how it came about.</summary>
    [AlwaysInterleave, Alias("explain")]
    ValueTask<Result<Explanation>> ExplainAsync([Immutable] AccessRequest request, DateTimeOffset now);

    /// <summary>What the subject has at <paramref name="now"/>.</summary>
    [AlwaysInterleave, Alias("list-permissions")]
    ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now);

    /// <summary>What is stored of the subject.</summary>
    [AlwaysInterleave, Alias("read")]
    ValueTask<Result<SubjectAssignments>> ReadAsync();
}
