using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What it takes that a grant of the subject's gives what is asked, or brings a policy that may.</summary>
/// <param name="start">What they set out from.</param>
/// <param name="now">The instant.</param>
/// <param name="mayGiveMore">Whether a role might be given what it lacks, too.</param>
internal sealed class GrantWays(Proposal start, DateTimeOffset now, bool mayGiveMore)
{
    private readonly WhatIf _root = start.State;
    private readonly RoleReach _reach = new(start.State, now.UtcTicks);
    private readonly HashSet<RoleId> _ofRoles = [.. start.State.Policies.Where(policy => !policy.Denies && policy.Role is not null).Select(policy => policy.Role!.Value)];
    private readonly CompiledPolicy[] _namingRoles = [.. start.State.Policies.Where(policy => !policy.Denies && policy.NamesRoles)];

    /// <summary>The scopes of what the subject's roles, and those above them, have for such a question.</summary>
    public IReadOnlyCollection<PermissionScope> Scopes() => [.. Known().SelectMany(item => _reach.From(item.Role, passing: null, item.Assignment).Keys).Distinct()
        .SelectMany(id => Matching(_root.Tenant.Find(id)!)).Select(permission => permission.Scope).Distinct()];

    /// <summary>All of them, in the order in which grants are weighed.</summary>
    /// <param name="isGranted">Whether something gives it already: then only what brings policies is of use.</param>
    public IEnumerable<Proposal> All(bool isGranted)
    {
        var known = Known();
        known.Sort((a, b) => BoundGrants.Order(a.Role.Definition, a.Assignment, b.Role.Definition, b.Assignment));
        return known.SelectMany(item => Of(item.Assignment, item.Role, isGranted));
    }

    private List<(CompiledAssignment Assignment, CompiledRole Role)> Known() =>
        [.. _root.Grants.All(_root.Tenant).Select(one => (one, _root.Tenant.Find(one.Definition.Role)!)).Where(item => item.Item2 is { Definition.IsDeleting: false })];

    private IEnumerable<Proposal> Of(CompiledAssignment assignment, CompiledRole role, bool isGranted)
    {
        var counting = (start with { State = _root with { Grant = assignment.Definition, Team = assignment.Team } }).With(OfGrant(assignment, role));
        var above = _reach.From(role, passing: null, assignment);
        if (!isGranted)
        {
            var giving = OfRole(assignment, role, above.Keys).MinBy(changes => changes.Length);
            if (giving is not null)
            {
                yield return counting.With(giving);
            }
            if (giving is not [] && mayGiveMore && !role.Definition.IsSystem)
            {
                yield return counting.With(More(assignment, role));
            }
        }
        foreach (var bringing in above.Where(one => Brings(_root.Tenant.Find(one.Key)!)).Select(one => counting.With(one.Value)).Where(one => one.Changes.Length > start.Changes.Length))
        {
            yield return bringing;
        }
    }

    private IEnumerable<Change> OfGrant(CompiledAssignment assignment, CompiledRole role)
    {
        var definition = assignment.Definition;
        if (!role.Definition.IsActive)
        {
            yield return RoleReach.Activation(role, assignment);
        }
        if (definition.ExpiresAt <= now)
        {
            yield return Grant(ObstacleKind.ExpiredGrant, InstantText.Of(definition.ExpiresAt.Value.UtcTicks), state => state with { Grant = state.Grant! with { ExpiresAt = null } });
        }
        if (definition.StartsAt > now)
        {
            yield return Grant(ObstacleKind.UnstartedGrant, InstantText.Of(definition.StartsAt.Value.UtcTicks), state => state with { Grant = state.Grant! with { StartsAt = null } });
        }
        if (definition.IsSuspended)
        {
            yield return Grant(ObstacleKind.SuspendedGrant, null, state => state with { Grant = state.Grant! with { IsSuspended = false } });
        }
        foreach (var key in assignment.Mismatches(_root.Request))
        {
            yield return Grant(ObstacleKind.Scope, key, state => state with { Grant = state.Grant! with { Scope = AttributeBag.Of(state.Grant.Scope.Where(one => one.Key != key)) } });
        }
        if (assignment.Conditions(_root.Request, now.UtcTicks) != Truth.True)
        {
            yield return Grant(ObstacleKind.Condition, "a condition of the assignment", state => state with { Grant = state.Grant! with { Conditions = [] } });
        }

        Change Grant(ObstacleKind kind, string? detail, Func<WhatIf, WhatIf> apply) => new(Told(kind, assignment, role) with { Detail = detail }, apply);
    }

    // For each permission that covers, the fewest changes by which it comes to count.
    private IEnumerable<Change[]> OfRole(CompiledAssignment assignment, CompiledRole role, IEnumerable<RoleId> above)
    {
        var own = above.ToDictionary(id => id, id => Matching(_root.Tenant.Find(id)!));
        foreach (var permission in own.Values.SelectMany(permissions => permissions).Distinct())
        {
            var way = _reach.From(role, permission, assignment).Where(one => own.TryGetValue(one.Key, out var has) && has.Contains(permission))
                .Select(one => one.Value).OrderBy(changes => changes.Length).FirstOrDefault();
            if (!way.IsDefault && ScopeRule.Counts(permission.Scope, _root.Request, _root.Grants, assignment))
            {
                yield return [.. way];
            }
        }
    }

    private List<Permission> Matching(CompiledRole role)
    {
        var found = new List<Permission>();
        // Of a role that gives nothing, nothing is compiled.
        if (!CompiledRole.Gives(role.Definition))
        {
            found.AddRange(role.Definition.Permissions.Where(Matches));
            return found;
        }
        var (table, asked) = (_root.Tenant.Table, _root.Request.Permission);
        foreach (var permission in role.Own.Match(table.Resolve(asked, stackalloc int[table.RoomFor(asked)])))
        {
            if (Matches(permission))
            {
                found.Add(permission);
            }
        }
        return found;
    }

    private bool Matches(Permission permission) => _root.Request is var request
        && permission.CoversResource(request.Permission.Resource) && (permission.Action == Permission.Wildcard || permission.Action == request.Permission.Action)
        && (!request.HasExplicitScope || permission.Scope >= request.Permission.Scope);

    private bool Brings(CompiledRole role) => _ofRoles.Contains(role.Definition.Id) || Array.Exists(_namingRoles, policy => policy.Principals.Matches(role.PrincipalText));

    private Change More(CompiledAssignment assignment, CompiledRole role) => new(
        Told(ObstacleKind.MissingPermission, assignment, role) with { Permission = _root.Request.Permission },
        state => state.With(role.Definition.Id, one => one with { Permissions = one.Permissions.Add(_root.Request.Permission) }));

    private static Obstacle Told(ObstacleKind kind, CompiledAssignment assignment, CompiledRole role) =>
        new(kind) { Assignment = assignment.Definition.Id, Role = role.Definition.Name, Team = assignment.Team };
}
