using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Administration;

/// <summary>Nobody grants what they do not hold. Null: the caller may; else a <see cref="ErrorCode.Forbidden"/> that says why not. Pure.</summary>
public static class Guard
{
    private const string Own = "authz", Team = "team:";

    /// <summary>Judges all that a change of a model makes, edits or assigns. Not for deletions, which give nothing.</summary>
    public static AuthzError? CheckChange(CallerRights rights, TenantModel before, ModelChange change)
    {
        if (change.IsNoOp || MayAll(rights))
        {
            return null;
        }
        var (old, next) = (new RolePotential(before), new RolePotential(change.Model));
        foreach (var id in change.Touched)
        {
            if (change.Model.Roles.GetValueOrDefault(id) is { } role && CheckRole(rights, before.Roles.GetValueOrDefault(id), old, role, next) is { } refusal)
            {
                return refusal;
            }
        }
        if ((CheckPolicies(rights, change) ?? CheckConstraints(rights, change)) is { } refused)
        {
            return refused;
        }
        return change.TeamAssignments.Select(given => CheckAssignment(rights, change.Model.Catalog.Find(given.Role), next, given.Scope))
            .FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>Judges giving a role in a scope, or making an assignment of it reach further than it does. A role that is not there gives nothing.</summary>
    public static AuthzError? CheckAssignment(CallerRights rights, TenantModel model, RoleId role, AttributeBag scope) =>
        MayAll(rights) ? null : CheckAssignment(rights, model.Catalog.Find(role), new RolePotential(model), scope);

    /// <summary>Judges a change of an assignment: that it may be changed in its scope, and, where it comes to reach further, that it may be given.</summary>
    public static AuthzError? CheckPatch(CallerRights rights, TenantModel model, Assignment before, Assignment after) =>
        CheckScope(rights, Rights.AssignmentsUpdate, before.Scope)
        ?? (AssignmentPatch.Widens(before, after) ? CheckAssignment(rights, model, after.Role, after.Scope) : null);

    /// <summary>Judges putting somebody into a team: all that the team holds is given, and what policies give that name it.</summary>
    public static AuthzError? CheckJoin(CallerRights rights, TenantModel model, string team, DateTimeOffset now)
    {
        if (MayAll(rights))
        {
            return null;
        }
        if (new GivingPolicies(model).To(Team + team)
            .Select(policy => rights.Covers(Rights.RolesBind, AttributeBag.Empty) && !ReachOwn(policy.GrantPermissions) ? null : CheckGrants(rights, policy.Id, policy.GrantPermissions))
            .FirstOrDefault(found => found is not null) is { } refused)
        {
            return refused;
        }
        if (!model.TeamGrants.TryGetValue(team, out var grants))
        {
            return null;
        }
        var potential = new RolePotential(model);
        return grants.Where(grant => grant.IsLiveAt(now)).Select(grant => CheckAssignment(rights, model.Catalog.Find(grant.Role), potential, grant.Scope))
            .FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>Judges the use of a permission on a grant of a scope.</summary>
    public static AuthzError? CheckScope(CallerRights rights, Permission permission, AttributeBag scope) =>
        rights.May(permission, scope) ? null : Refusal($"`{permission}` is needed{(scope.Count == 0 ? "" : " in the scope of the assignment")}");

    /// <summary>Judges the use of a permission on each of some grants.</summary>
    public static AuthzError? CheckScopes(CallerRights rights, Permission permission, IEnumerable<Assignment> assignments) =>
        assignments.Select(assignment => CheckScope(rights, permission, assignment.Scope)).FirstOrDefault(refusal => refusal is not null);

    private static AuthzError? CheckRole(CallerRights rights, RoleDefinition? before, RolePotential old, RoleDefinition role, RolePotential next)
    {
        var gives = next.Of(role);
        return (before is null ? null : CheckBounds(rights, before, old.Of(before), AttributeBag.Empty))
            ?? CheckBounds(rights, role, gives, AttributeBag.Empty)
            ?? (rights.Covers(Rights.RolesEscalate, AttributeBag.Empty) ? null : CheckCover(rights, role, gives, AttributeBag.Empty));
    }

    // Whichever way a policy is written, by itself, with its role or by an import, the right to it is needed. What one of a role gives is the role's.
    private static AuthzError? CheckPolicies(CallerRights rights, ModelChange change)
    {
        foreach (var entry in change.Audit.Where(entry => entry.TargetType == PolicyEditor.TargetType))
        {
            var right = entry.Action switch
            {
                AuditActions.PolicyCreated => Rights.PoliciesCreate,
                AuditActions.PolicyUpdated => Rights.PoliciesUpdate,
                _ => Rights.PoliciesDelete,
            };
            var gives = entry.After is null ? [] : change.Model.Policies.GetValueOrDefault(entry.TargetId)?.GrantPermissions ?? [];
            if ((CheckScope(rights, right, AttributeBag.Empty) ?? CheckGrants(rights, entry.TargetId, gives)) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    /// <summary>Judges the deletion of a role: with it goes its part in constraints, and who gets round one by that must be able to end it.</summary>
    public static AuthzError? CheckDeletion(CallerRights rights, TenantModel model, RoleId role) =>
        model.Constraints.Values.Any(constraint => constraint.Roles.Contains(role)) ? CheckScope(rights, Rights.ConstraintsDelete, AttributeBag.Empty) : null;

    // An import replaces them: what was there is gone.
    private static AuthzError? CheckConstraints(CallerRights rights, ModelChange change) =>
        change.Audit.Where(entry => entry.TargetType == ConstraintEditor.TargetType)
            .Select(entry => (entry.After is null ? null : CheckScope(rights, Rights.ConstraintsCreate, AttributeBag.Empty))
                ?? (entry.Before is null ? null : CheckScope(rights, Rights.ConstraintsDelete, AttributeBag.Empty)))
            .FirstOrDefault(refusal => refusal is not null);

    private static AuthzError? CheckGrants(CallerRights rights, string policy, ImmutableArray<Permission> gives) =>
        gives.Contains(Permission.Everything) && !rights.HoldsEverything(AttributeBag.Empty)
            ? Refusal($"the policy `{policy}` gives everything, which you do not hold")
        : !rights.Covers(Rights.RolesEscalate, AttributeBag.Empty) && gives.FirstOrDefault(permission => !rights.Covers(permission, AttributeBag.Empty)) is { } missing
            ? Refusal($"the policy `{policy}` gives `{missing}`, which you do not hold")
        : null;

    private static AuthzError? CheckAssignment(CallerRights rights, RoleDefinition? role, RolePotential potential, AttributeBag scope)
    {
        if (role is null)
        {
            return null;
        }
        var gives = potential.Of(role);
        if (CheckBounds(rights, role, gives, scope) is { } refusal)
        {
            return refusal;
        }
        if (role.IsSystem && !rights.Covers(Rights.SystemRolesAssign, scope))
        {
            return Refusal($"the built-in role `{role.Name}` is assigned by holders of `{Rights.SystemRolesAssign}` only");
        }
        return rights.Covers(Rights.RolesEscalate, scope) || (IsBindable(role, gives) && rights.Covers(Rights.RolesBind, scope))
            ? null
            : CheckCover(rights, role, gives, scope);
    }

    // These hold whatever else one holds.
    private static AuthzError? CheckBounds(CallerRights rights, RoleDefinition role, IReadOnlyCollection<Permission> gives, AttributeBag scope) =>
        rights.LevelIn(scope) is var level && role.Level > level
            ? Refusal($"the role `{role.Name}` has level {role.Level}, above {(level < 0 ? "all that you hold" : $"your own, which is {level}")}{In(scope)}")
        : gives.Contains(Permission.Everything) && !rights.HoldsEverything(scope)
            ? Refusal($"the role `{role.Name}` gives everything, which you do not hold{In(scope)}")
        : null;

    private static AuthzError? CheckCover(CallerRights rights, RoleDefinition role, IReadOnlyCollection<Permission> gives, AttributeBag scope) =>
        gives.FirstOrDefault(permission => !rights.Covers(permission, scope)) is { } missing
            ? Refusal($"the role `{role.Name}` gives `{missing}`, which you do not hold{In(scope)}")
            : null;

    // Nothing that it gives reaches the service's own resources: not by name, by pattern or by `*`.
    private static bool IsBindable(RoleDefinition role, IReadOnlyCollection<Permission> gives) =>
        !role.IsSystem && !ReachOwn(gives);

    private static bool ReachOwn(IEnumerable<Permission> gives) =>
        gives.Any(permission => permission.Resource == Permission.Wildcard || permission.Resource.StartsWith(Own + ".", StringComparison.Ordinal));

    private static bool MayAll(CallerRights rights) =>
        rights.LevelIn(AttributeBag.Empty) >= RoleRules.HighestLevel && rights.HoldsEverything(AttributeBag.Empty);

    private static string In(AttributeBag scope) => scope.Count == 0 ? "" : " in this scope";

    private static AuthzError Refusal(string detail) => new(ErrorCode.Forbidden, detail);
}
