using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Specification.Oracles;

/// <summary>Answers cases by the oracle.</summary>
public sealed class OracleRunner : InProcessRunner
{
    /// <inheritdoc/>
    protected override CaseOutcome Decide(CaseWorld world, SubjectAssignments subject, AccessRequest request, DateTimeOffset now)
    {
        var answer = Oracle.Decide(world.Model, subject, world.Entities, request, now);
        return new CaseOutcome(answer.Reason)
        {
            MatchedRole = answer.MatchedRole,
            MatchedPermission = answer.MatchedPermission,
            MatchedAssignment = answer.MatchedAssignment,
            ValidUntil = answer.ValidUntil,
        };
    }
}
