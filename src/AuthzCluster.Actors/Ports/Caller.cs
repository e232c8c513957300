using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Actors.Ports;

/// <summary>On whose behalf a write is done.</summary>
/// <param name="Principal">Who.</param>
/// <param name="RequestId">The request, for the audit.</param>
public sealed record Caller(SubjectId Principal, string RequestId)
{
    /// <summary>The caller of what time does: expiries and the like.</summary>
    public static Caller System(string requestId) => new(new SubjectId("system", "authz"), requestId);
}
