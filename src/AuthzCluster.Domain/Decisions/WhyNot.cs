using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// The smallest change that would make a denied question allowed: of the subject's grants the one in whose way least stands, or a grant that is missing; then the policies that
/// would deny still. With all of it out of the way the answer is yes. Apart from the engine, so that a check does not pay for it.
/// </summary>
internal static class WhyNot
{
    /// <summary>What stands in the way; empty of what is allowed, and where an outside engine has a say.</summary>
    public static ImmutableArray<Obstacle> Of(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now, in Decision decision)
    {
        if (decision.IsAllowed || tenant.FinalWord is not null || request.Outside is not null)
        {
            return [];
        }
        var (nearest, obstacles) = Nearest(tenant, grants, request, now);
        return [.. obstacles, .. Denials(tenant, grants, nearest, request, now.UtcTicks)];
    }

    private static (CompiledAssignment? Nearest, List<Obstacle> Obstacles) Nearest(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now)
    {
        CompiledAssignment? nearest = null;
        List<Obstacle> least = [new(ObstacleKind.MissingGrant) { Permission = request.Permission }];
        var known = grants.All(tenant).Select(assignment => (Assignment: assignment, Role: tenant.Find(assignment.Definition.Role))).Where(item => item.Role is { Definition.IsDeleting: false }).ToList();
        known.Sort((a, b) => BoundGrants.Order(a.Role!.Definition, a.Assignment, b.Role!.Definition, b.Assignment));
        foreach (var (assignment, role) in known)
        {
            var obstacles = OfGrant(tenant, grants, request, now, assignment, role!);
            // To change what is given counts for less than to give more.
            if (obstacles.Count < least.Count || (obstacles.Count == least.Count && Rank(obstacles) < Rank(least)))
            {
                (nearest, least) = (assignment, obstacles);
            }
        }
        return (nearest, least);
    }

    private static int Rank(List<Obstacle> obstacles) =>
        obstacles.Exists(one => one.Kind == ObstacleKind.MissingGrant) ? 2 : obstacles.Exists(one => one.Kind == ObstacleKind.MissingPermission) ? 1 : 0;

    private static List<Obstacle> OfGrant(
        CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now, CompiledAssignment assignment, CompiledRole role)
    {
        var definition = assignment.Definition;
        var one = new Obstacle(ObstacleKind.MissingPermission) { Assignment = definition.Id, Role = role.Definition.Name, Team = assignment.Team };
        var found = new List<Obstacle>();
        if (!role.Definition.IsActive)
        {
            found.Add(one with { Kind = ObstacleKind.InactiveRole });
        }
        if (definition.ExpiresAt <= now)
        {
            found.Add(one with { Kind = ObstacleKind.ExpiredGrant, Detail = Text(definition.ExpiresAt) });
        }
        if (definition.StartsAt > now)
        {
            found.Add(one with { Kind = ObstacleKind.UnstartedGrant, Detail = Text(definition.StartsAt) });
        }
        if (definition.IsSuspended)
        {
            found.Add(one with { Kind = ObstacleKind.SuspendedGrant });
        }
        found.AddRange(assignment.Mismatches(request).Select(key => one with { Kind = ObstacleKind.Scope, Detail = key }));
        if (assignment.Conditions(request, now.UtcTicks) != Truth.True)
        {
            found.Add(one with { Kind = ObstacleKind.Condition, Detail = "a condition of the assignment" });
        }
        found.AddRange(OfRole(tenant, grants, request, now.UtcTicks, assignment, role, one));
        return found;
    }

    private static IEnumerable<Obstacle> OfRole(
        CompiledTenant tenant, SubjectGrants grants, AccessRequest request, long now, CompiledAssignment assignment, CompiledRole role, Obstacle one)
    {
        var missing = one with { Permission = request.Permission };
        // What is compiled of an inactive role gives nothing: its own permissions tell, and what it would inherit is left out.
        var holding = role.Definition.IsActive ? new ConditionalMatches(request, now, tenant.Table).Of(role) : [.. role.Definition.Permissions];
        var candidates = role.Definition.IsActive ? Explainer.Candidates(tenant, request, role) : [.. role.Definition.Permissions.Where(permission => Matches(permission, request))];
        if (candidates.Count == 0)
        {
            return [missing];
        }
        var best = candidates.MinBy(candidate => Costs(candidate))!;
        return Costs(best) switch
        {
            0 => [],
            1 when !holding.Contains(best) => [one with { Kind = ObstacleKind.Condition, Permission = best, Detail = "a condition of an edge above the role" }],
            1 => [one with { Kind = best.Scope == PermissionScope.Own ? ObstacleKind.NotOwner : ObstacleKind.NotInScope, Permission = best }],
            _ => [missing],
        };

        int Costs(Permission candidate) => (holding.Contains(candidate) ? 0 : 1) + (ScopeRule.Counts(candidate.Scope, request, grants, assignment) ? 0 : 1);
    }

    private static bool Matches(Permission permission, AccessRequest request) =>
        permission.CoversResource(request.Permission.Resource) && (permission.Action == Permission.Wildcard || permission.Action == request.Permission.Action)
        && (!request.HasExplicitScope || permission.Scope >= request.Permission.Scope);

    // As the engine asks them, were the grant in effect: the first that holds decides, and an allow allows what is granted then.
    private static List<Obstacle> Denials(CompiledTenant tenant, SubjectGrants grants, CompiledAssignment? nearest, AccessRequest request, long now)
    {
        var found = new List<Obstacle>();
        if (tenant.Policies is not { } index)
        {
            return found;
        }
        var texts = PolicyTexts.Of(request.Permission, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        var roles = CountingRoles.Of(Mended(tenant, grants, nearest, now), request, now);
        foreach (var policy in index.Ordered)
        {
            if (!policy.Resources.Matches(texts.Full, texts.Lengths) || !PolicyExplainer.IsHeld(tenant, policy, roles) || !PolicyExplainer.IsTargeted(policy, grants, request, roles))
            {
                continue;
            }
            var truth = policy.Holds(request, now);
            if (!PolicyWeighing.Decides(policy, truth))
            {
                continue;
            }
            if (!policy.Denies)
            {
                break;
            }
            found.Add(new Obstacle(ObstacleKind.Policy) { Policy = policy.Definition.Id, Detail = truth == Truth.Error ? "a condition could not be evaluated" : null });
        }
        return found;
    }

    private static BoundGrants Mended(CompiledTenant tenant, SubjectGrants grants, CompiledAssignment? nearest, long now)
    {
        if (nearest is null)
        {
            return grants.BindTo(tenant, now);
        }
        var mended = nearest.Definition with { StartsAt = null, ExpiresAt = null, IsSuspended = false, Scope = AttributeBag.Empty, Conditions = [] };
        return BoundGrants.Bind(tenant, grants.All(tenant).Where(other => other.Definition.Id != mended.Id).Append(new CompiledAssignment(mended, nearest.Team, tenant.Model.Custom)), now);
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? InstantText.Of(known.UtcTicks) : null;
}
