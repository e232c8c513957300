using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Decides where policies have a say. Apart from the engine's own way, which pays nothing for them.</summary>
internal static class PolicyDecision
{
    /// <summary>Decides.</summary>
    /// <param name="tenant">The tenant, which has policies.</param>
    /// <param name="found">The policies that can match whichever roles count.</param>
    /// <param name="grants">What the subject holds.</param>
    /// <param name="bound">The same, joined with the tenant.</param>
    /// <param name="request">The question.</param>
    /// <param name="keys">The question as numbers.</param>
    /// <param name="now">The instant, in UTC ticks.</param>
    public static Decision Decide(
        CompiledTenant tenant, List<int[]> found, SubjectGrants grants, BoundGrants bound, AccessRequest request, RequiredKeys keys, long now)
    {
        var texts = PolicyTexts.Of(request.Permission, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        var weighing = new PolicyWeighing(tenant, found, grants, bound, request, keys, texts);
        var verdict = weighing.At(now);
        var by = verdict.Granting < 0 ? default : bound.Grants[verdict.Granting];
        return new Decision
        {
            Reason = verdict.Reason,
            MatchedPermission = verdict.Permission,
            MatchedRole = by.Role?.Definition.Name,
            MatchedAssignment = by.Assignment?.Definition.Id,
            MatchedPolicy = verdict.Policy?.Definition.Id,
            ValidUntil = ValidUntil.OfPolicies(weighing, bound, request, verdict, now),
            ModelRevision = tenant.Revision,
            SubjectRevision = grants.Revision,
        };
    }
}
