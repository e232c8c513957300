using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Decides where policies have a say. Apart from the engine's own way, which pays nothing for them.</summary>
internal static class PolicyDecision
{
    /// <summary>Decides; false where no policy can match.</summary>
    /// <param name="tenant">The tenant, which has policies.</param>
    /// <param name="grants">What the subject holds.</param>
    /// <param name="bound">The same, joined with the tenant.</param>
    /// <param name="request">The question.</param>
    /// <param name="keys">The question as numbers.</param>
    /// <param name="now">The instant, in UTC ticks.</param>
    /// <param name="decision">What it decides.</param>
    public static bool TryDecide(
        CompiledTenant tenant, SubjectGrants grants, BoundGrants bound, AccessRequest request, RequiredKeys keys, long now, out Decision decision)
    {
        if (!tenant.Policies!.Find(request.Permission, grants, out var found))
        {
            decision = default;
            return false;
        }
        var texts = PolicyTexts.Of(request.Permission, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        var weighing = new PolicyWeighing(tenant, found, grants, bound, request, keys, texts);
        var verdict = weighing.At(now);
        var by = verdict.Granting < 0 ? default : bound.Grants[verdict.Granting];
        decision = new Decision
        {
            Reason = verdict.Reason,
            MatchedPermission = verdict.Permission,
            MatchedRole = by.Role?.Definition.Name,
            MatchedAssignment = by.Assignment?.Definition.Id,
            MatchedPolicy = verdict.Policy?.Definition.Id,
            ValidUntil = ValidUntil.OfPolicies(weighing, request, verdict, now),
            ModelRevision = tenant.Revision,
            SubjectRevision = grants.Revision,
        };
        return true;
    }
}
