using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// Decides: a pure function of the tenant's model, the subject's grants, the question and the instant. Steps 1, 2, 3
/// and 6 of the algorithm. A plain role check allocates nothing.
/// </summary>
public static class DecisionEngine
{
    /// <summary>Decides.</summary>
    public static Decision Decide(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now)
    {
        var ticks = now.UtcTicks;
        var bound = grants.BindTo(tenant, ticks);
        var keys = tenant.Table.Resolve(request.Permission, stackalloc int[tenant.Table.RoomFor(request.Permission)]);
        var weighing = new Weighing(tenant, grants, request, keys, ticks);
        var nearest = DecisionReason.NoAssignment;
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (!grant.CountsAt(ticks))
            {
                continue;
            }
            var reason = weighing.Weigh(grant, out var matched);
            if (reason == DecisionReason.Granted)
            {
                return new Decision
                {
                    Reason = reason,
                    MatchedPermission = matched,
                    MatchedRole = grant.Role.Definition.Name,
                    MatchedAssignment = grant.Assignment.Definition.Id,
                    ValidUntil = bound.DependsOnTime ? ValidUntil.OfConditions(tenant, grants, bound, request, keys, ticks, isAllowed: true)
                        : grant.Ends == BoundGrant.Never ? null : ValidUntil.OfAllowed(bound, weighing, ticks),
                    ModelRevision = tenant.Revision,
                    SubjectRevision = grants.Revision,
                };
            }
            nearest = reason > nearest ? reason : nearest;
        }
        return new Decision
        {
            Reason = nearest,
            ValidUntil = bound.DependsOnTime ? ValidUntil.OfConditions(tenant, grants, bound, request, keys, ticks, isAllowed: false)
                : bound.LatestStart <= ticks ? null : ValidUntil.OfDenied(bound, weighing, ticks),
            ModelRevision = tenant.Revision,
            SubjectRevision = grants.Revision,
        };
    }

    /// <summary>Decides, and tells what became of each assignment, from the same state.</summary>
    public static Explanation Explain(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now) =>
        new(Decide(tenant, grants, request, now), Explainer.Trace(tenant, grants, request, now));

    /// <summary>What the subject has, in order of permission, role and assignment.</summary>
    public static IReadOnlyList<EffectivePermission> ListPermissions(CompiledTenant tenant, SubjectGrants grants, DateTimeOffset now)
    {
        var list = new List<EffectivePermission>();
        foreach (var grant in grants.BindTo(tenant, now.UtcTicks).Grants)
        {
            if (!grant.CountsAt(now.UtcTicks))
            {
                continue;
            }
            foreach (var (permission, source) in Provenance.Of(grant.Role))
            {
                list.Add(new EffectivePermission(
                    permission, grant.Role.Definition.Name, source.From.Definition.Name, grant.Assignment.Definition.Id,
                    grant.Assignment.Team, source.IsConditional || grant.Assignment.IsConditional));
            }
        }
        return [.. list.OrderBy(item => item.Permission).ThenBy(item => item.Role, StringComparer.Ordinal).ThenBy(item => item.Assignment, StringComparer.Ordinal)];
    }
}
