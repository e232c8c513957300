using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// Decides: a pure function of the tenant's model, the subject's grants, the question and the instant. A plain role check
/// allocates nothing.
/// </summary>
public static class DecisionEngine
{
    /// <summary>Decides. Where an answer of an outside engine is missing, provisionally: see <see cref="OutsideAnswers"/>.</summary>
    public static Decision Decide(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now) =>
        tenant.FinalWord is null && request.Outside is null ? DecideHere(tenant, grants, request, now) : OutsideDecision.Decide(tenant, grants, request, now);

    /// <summary>Decides, whoever has the final word.</summary>
    internal static Decision DecideHere(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now)
    {
        var ticks = now.UtcTicks;
        var bound = grants.BindTo(tenant, ticks);
        var keys = tenant.Table.Resolve(request.Permission, stackalloc int[tenant.Table.RoomFor(request.Permission)]);
        if (tenant.Policies is not null && PolicyDecision.TryDecide(tenant, grants, bound, request, keys, ticks, out var decided))
        {
            return decided;
        }
        var weighing = new Weighing(tenant, grants, request, keys, ticks);
        var reason = weighing.Search(bound, out var granting, out var matched);
        if (reason == DecisionReason.Granted)
        {
            ref readonly var grant = ref bound.Grants[granting];
            return new Decision
            {
                Reason = reason,
                MatchedPermission = matched,
                MatchedRole = grant.Role.Definition.Name,
                MatchedAssignment = grant.Assignment.Definition.Id,
                ValidUntil = bound.DependsOnTime || request.Outside is not null ? ValidUntil.OfConditions(tenant, grants, bound, request, keys, ticks, isAllowed: true)
                    : grant.Ends == BoundGrant.Never ? null : ValidUntil.OfAllowed(bound, weighing, ticks),
                ModelRevision = tenant.Revision,
                SubjectRevision = grants.Revision,
            };
        }
        return new Decision
        {
            Reason = reason,
            ValidUntil = bound.DependsOnTime || request.Outside is not null ? ValidUntil.OfConditions(tenant, grants, bound, request, keys, ticks, isAllowed: false)
                : bound.LatestStart <= ticks ? null : ValidUntil.OfDenied(bound, weighing, ticks),
            ModelRevision = tenant.Revision,
            SubjectRevision = grants.Revision,
        };
    }

    /// <summary>Decides, and tells what became of each assignment and policy, from the same state.</summary>
    public static Explanation Explain(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now)
    {
        var decision = Decide(tenant, grants, request, now);
        request.Outside?.Resume();
        return new(decision, Explainer.Trace(tenant, grants, request, now))
        {
            Policies = PolicyExplainer.Trace(tenant, grants, request, now),
            WhyNot = WhyNot.Of(tenant, grants, request, now, decision),
            Outside = request.Outside?.Tell() ?? [],
        };
    }

    /// <summary>What the subject has, in order of permission, role and assignment, and behind the roles what policies give.</summary>
    public static IReadOnlyList<EffectivePermission> ListPermissions(CompiledTenant tenant, SubjectGrants grants, DateTimeOffset now) =>
        new AccessReview(tenant, grants, now.UtcTicks).List();
}
