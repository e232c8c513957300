using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Tells what became of each assignment. Apart from the engine, so that a check does not pay for it.</summary>
internal static class Explainer
{
    /// <summary>One step for each assignment, in the order in which they are weighed; those without a role last.</summary>
    public static ImmutableArray<TraceStep> Trace(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now)
    {
        var all = grants.All(tenant).Select(assignment => (Assignment: assignment, Role: tenant.Find(assignment.Definition.Role))).ToList();
        var known = all.Where(item => item.Role is not null).ToList();
        known.Sort((a, b) => BoundGrants.Order(a.Role!.Definition, a.Assignment, b.Role!.Definition, b.Assignment));
        var missing = all.Where(item => item.Role is null).OrderBy(item => item.Assignment.Definition.Id, StringComparer.Ordinal);
        return [.. known.Concat(missing).Select(item => Step(tenant, grants, request, now, item.Assignment, item.Role))];
    }

    private static TraceStep Step(
        CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now, CompiledAssignment assignment, CompiledRole? role)
    {
        var step = new TraceStep
        {
            Assignment = assignment.Definition.Id,
            Role = role?.Definition.Name ?? assignment.Definition.Role.Value,
            Team = assignment.Team,
            Outcome = TraceOutcome.RoleMissing,
        };
        return role is null || role.Definition.IsDeleting ? step
            : !role.Definition.IsActive ? step with { Outcome = TraceOutcome.RoleInactive }
            : OfStatus(step, assignment.Definition, now) ?? OfRole(step, tenant, grants, request, now.UtcTicks, assignment, role);
    }

    private static TraceStep? OfStatus(TraceStep step, Assignment assignment, DateTimeOffset now) => assignment.StatusAt(now) switch
    {
        AssignmentStatus.Active => null,
        AssignmentStatus.Scheduled => step with { Outcome = TraceOutcome.NotStarted, Detail = Text(assignment.StartsAt) },
        AssignmentStatus.Suspended => step with { Outcome = TraceOutcome.Suspended },
        _ => step with { Outcome = TraceOutcome.Expired, Detail = Text(assignment.ExpiresAt) },
    };

    private static TraceStep OfRole(
        TraceStep step, CompiledTenant tenant, SubjectGrants grants, AccessRequest request, long now, CompiledAssignment assignment, CompiledRole role)
    {
        var candidates = Candidates(tenant, request, role);
        if (candidates.Count == 0)
        {
            return step with { Outcome = TraceOutcome.NotCovered };
        }
        var holding = new ConditionalMatches(request, now, tenant.Table).Of(role);
        var granted = candidates.Find(candidate => holding.Contains(candidate) && ScopeRule.Counts(candidate.Scope, request, grants, assignment));
        var shown = granted ?? candidates.Find(holding.Contains) ?? candidates[0];
        var way = Way(request, now, role, shown, holds: holding.Contains(shown));
        step = step with { Permission = shown, Path = [.. way.Path.Select(item => item.Definition.Name)] };
        return OfAssignment(step, assignment, request, now)
            ?? (!candidates.Exists(holding.Contains) ? OfEdges(step, way, request, now)
            : granted is not null ? step with { Outcome = TraceOutcome.Granted }
            : step with { Outcome = IsNotOwner(candidates, holding) ? TraceOutcome.NotOwner : TraceOutcome.NotInScope });
    }

    private static bool IsNotOwner(List<Permission> candidates, HashSet<Permission> holding) =>
        candidates.Exists(candidate => holding.Contains(candidate) && candidate.Scope == PermissionScope.Own);

    /// <summary>What of a role covers a question, whatever conditions and scopes come to.</summary>
    public static List<Permission> Candidates(CompiledTenant tenant, AccessRequest request, CompiledRole role)
    {
        var keys = tenant.Table.Resolve(request.Permission, stackalloc int[tenant.Table.RoomFor(request.Permission)]);
        var candidates = new List<Permission>();
        foreach (var permission in role.Possible.Match(keys))
        {
            if (!request.HasExplicitScope || permission.Scope >= request.Permission.Scope)
            {
                candidates.Add(permission);
            }
        }
        return candidates;
    }

    private static TraceStep? OfAssignment(TraceStep step, CompiledAssignment assignment, AccessRequest request, long now) =>
        assignment.FindMismatch(request) is { } key ? step with { Outcome = TraceOutcome.ScopeMismatch, Detail = key }
        : OfTruth(step, assignment.Conditions(request, now), "a condition of the assignment");

    private static TraceStep OfEdges(TraceStep step, Provenance way, AccessRequest request, long now)
    {
        for (var i = 0; i + 1 < way.Path.Count; i++)
        {
            foreach (var edge in way.Path[i].Edges.Where(edge => edge.Parent == way.Path[i + 1] && edge.Conditions is not null))
            {
                var place = $"a condition of the edge from `{way.Path[i].Definition.Name}` to `{way.Path[i + 1].Definition.Name}`";
                if (OfTruth(step, Truths.All(edge.Conditions, request, now), place) is { } told)
                {
                    return told;
                }
            }
        }
        return step with { Outcome = TraceOutcome.ConditionNotMet };
    }

    private static TraceStep? OfTruth(TraceStep step, Truth truth, string place) => truth switch
    {
        Truth.True => null,
        Truth.False => step with { Outcome = TraceOutcome.ConditionNotMet, Detail = place },
        _ => step with { Outcome = TraceOutcome.ConditionError, Detail = place },
    };

    private static Provenance Way(AccessRequest request, long now, CompiledRole role, Permission permission, bool holds) =>
        new ProvenanceSearch(
            edge => !holds || edge.Conditions is null || Truths.All(edge.Conditions, request, now) == Truth.True,
            candidate => candidate == permission).Of(role)[permission];

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? InstantText.Of(known.UtcTicks) : null;
}
