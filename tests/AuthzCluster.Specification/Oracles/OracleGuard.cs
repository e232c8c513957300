using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Oracles;

/// <summary>
/// Who may administer, as naive as the contract reads. What a role gives is taken as if every role on the way were
/// active and every condition held. Beyond the contract's words: what is held of one's own customer does not cover the
/// same of a customer that the grant's scope names.
/// </summary>
public sealed class OracleGuard(OracleTenant tenant, DateTimeOffset now)
{
    private string _toAssign = "authz.assignments:create";

    /// <summary>The error code of a refusal.</summary>
    public const string Forbidden = "forbidden";

    private const string Everything = "*";

    /// <summary>Judges an act and, where its caller may, does it. <c>ok</c> or the error code.</summary>
    public string Try(SubjectId by, AdminAct act)
    {
        var narrowedTo = NarrowedTo(by);
        // A key that says nothing of a limit is made with its maker's.
        act = act is AdminAct.CreateKey { Permissions: null } key ? key with { Permissions = narrowedTo } : act;
        if ((Right(act) is { } right && !May(by, right, AttributeBag.Empty)) || IsWider(LimitOf(act), narrowedTo))
        {
            return Forbidden;
        }
        if (act is AdminAct.ImportAssignments import)
        {
            return Import(by, import);
        }
        var next = tenant.Copy();
        if (next.Apply(act, now) is { } error)
        {
            return error;
        }
        if (!IsAllowed(by, act, next))
        {
            return Forbidden;
        }
        if (next.IsInConflict(now))
        {
            return "role_conflict";
        }
        tenant.Apply(act, now);
        return CaseAttempt.Done;
    }

    /// <summary>What a subject has whatever the circumstances, each with the scope in which it has it.</summary>
    public IEnumerable<(string Permission, AttributeBag Scope)> HeldBy(SubjectId subject) => tenant.Administrators.Contains(subject)
        ? [(Everything, AttributeBag.Empty)]
        : Counting(subject).SelectMany(grant => Certain(Role(grant)!), (grant, permission) => (permission.ToString(), grant.Scope));

    /// <summary>All that a principal could ever come to have by what it was given, each with its scope.</summary>
    public IEnumerable<(string Permission, AttributeBag Scope)> PossibleFor(SubjectId subject) =>
        GrantsOf(subject).Where(grant => grant.IsLiveAt(now)).SelectMany(GivenBy, (grant, permission) => (permission, grant.Scope));

    /// <summary>All that the role of an assignment could ever come to give.</summary>
    public IEnumerable<string> GivenBy(Assignment grant) => Role(grant) is { } role ? Gives(tenant, role).Select(permission => permission.ToString()) : [];

    /// <summary>The highest level that a subject has in a scope; -1: none.</summary>
    public int LevelOf(SubjectId subject, AttributeBag scope) => tenant.Administrators.Contains(subject) ? 100
        : Counting(subject).Where(grant => IsWithin(scope, grant.Scope)).Select(grant => Role(grant)!.Level).DefaultIfEmpty(-1).Max();

    /// <summary>Whether something held in a scope is all of something given in another.</summary>
    public static bool Covers((string Permission, AttributeBag Scope) held, (string Permission, AttributeBag Scope) given)
    {
        var (has, wants) = (OraclePermission.Read(held.Permission)!, OraclePermission.Read(given.Permission)!);
        var isOtherCustomer = has.Scope == 2 && wants.Scope == 2 && given.Scope.TryGet("customer_id", out _) && !held.Scope.TryGet("customer_id", out _);
        return IsWithin(given.Scope, held.Scope) && has.Matches(wants) && has.Scope >= wants.Scope && !isOtherCustomer;
    }

    // All rows are of roles that there are, or none is applied; then each is an assignment of its own.
    private string Import(SubjectId by, AdminAct.ImportAssignments import)
    {
        // The right to import stands for that to assign.
        var guard = new OracleGuard(import.IsDryRun ? tenant.Copy() : tenant, now) { _toAssign = Right(import)! };
        return import.Rows.Any(row => tenant.Find(row.Role) is null) ? "validation_failed"
            : string.Join(", ", import.Rows.Select(row => guard.Try(by, new AdminAct.Assign(row.Role, row.Draft))));
    }

    // What a key in an act is narrowed to; of other acts nothing is too wide.
    private IReadOnlyList<string>? LimitOf(AdminAct act) => act switch
    {
        AdminAct.CreateKey key => key.Permissions,
        AdminAct.RotateKey rotate => NarrowedTo(IssuedKeys.Named(rotate.Label)),
        _ => [],
    };

    private IReadOnlyList<string>? NarrowedTo(SubjectId by) => tenant.Keys.Find(key => key.Subject == by)?.NarrowedTo;

    private static bool IsWider(IReadOnlyList<string>? limit, IReadOnlyList<string>? outer) =>
        outer is not null && (limit is null || limit.Any(permission => !IsWithin(permission, outer)));

    // A credential does only what its limit covers too.
    private static bool IsWithin(string permission, IReadOnlyList<string>? narrowedTo) =>
        narrowedTo is null || narrowedTo.Any(limit => Covers((limit, AttributeBag.Empty), (permission, AttributeBag.Empty)));

    private static string? Right(AdminAct act) => act switch
    {
        AdminAct.CreateRole => "authz.roles:create",
        AdminAct.DeleteRole => "authz.roles:delete",
        AdminAct.JoinTeam or AdminAct.LeaveTeam => "authz.teams:update",
        AdminAct.ImportRoles or AdminAct.ImportAssignments => "authz.model:import",
        AdminAct.CreateKey => "authz.keys:create",
        AdminAct.RotateKey => "authz.keys:update",
        AdminAct.CreateConstraint => "authz.constraints:create",
        AdminAct.DeleteConstraint => "authz.constraints:delete",
        AdminAct.Assign or AdminAct.Revoke or AdminAct.PatchAssignment => null,
        _ => "authz.roles:update",
    };

    private bool IsAllowed(SubjectId by, AdminAct act, OracleTenant next)
    {
        switch (act)
        {
            case AdminAct.Assign assign:
                return May(by, _toAssign, assign.Draft.Scope) && MayGiveNew(by, next);
            case AdminAct.PatchAssignment patch:
                return May(by, "authz.assignments:update", patch.Scope) && tenant.Grants.Zip(next.Grants, (old, after) => (Old: old.Grant, After: after.Grant))
                    .All(one => !GivesMore(one.Old, one.After) || MayGive(by, tenant, Role(one.Old)!, one.Old.Scope));
            case AdminAct.Revoke:
                return tenant.Grants.Where(one => !next.Grants.Contains(one)).All(one => May(by, "authz.assignments:delete", one.Grant.Scope));
            case AdminAct.JoinTeam join:
                return tenant.Members.Contains((join.Member, join.Team)) || MayGiveAllOf(by, SubjectId.Team(join.Team));
            case AdminAct.RotateKey rotate:
                // A new token gives all that the key has to whoever sees it; to the key itself nothing.
                return by == IssuedKeys.Named(rotate.Label) || MayGiveAllOf(by, IssuedKeys.Named(rotate.Label));
            case AdminAct.CreateRole { Draft.AssignedTo.Count: > 0 } when !May(by, "authz.assignments:create", AttributeBag.Empty):
                return false;
            case AdminAct.DeleteRole delete:
                // A constraint that it is in is loosened, or ends.
                return tenant.Constraints.Values.All(constraint => !constraint.Roles.Contains(tenant.Find(delete.Role)!.Id)) || May(by, Right(new AdminAct.DeleteConstraint(""))!, AttributeBag.Empty);
            case AdminAct.LeaveTeam:
                return true;
            default:
                return next.Roles.All(role => tenant.Roles.Find(one => one.Id == role.Id) is var old && (Same(old, role) || MayMake(by, next, old, role)))
                    && MayGiveNew(by, next);
        }
    }

    private bool MayGiveNew(SubjectId by, OracleTenant next) => NewGrants(next).All(grant => MayGive(by, next, next.Find(grant.Role.Value)!, grant.Scope));

    private bool MayGiveAllOf(SubjectId by, SubjectId of) => GrantsOf(of).Where(grant => grant.IsLiveAt(now))
        .All(grant => Role(grant) is not { } role || MayGive(by, tenant, role, grant.Scope));

    /// <summary>Whether an assignment counts where it did not before: it is resumed, begins earlier, ends later or on fewer conditions.</summary>
    public static bool GivesMore(Assignment old, Assignment after) => !after.IsSuspended && old.IsSuspended
        || (old.StartsAt is not null && (after.StartsAt is null || after.StartsAt < old.StartsAt))
        || (old.ExpiresAt is not null && (after.ExpiresAt is null || after.ExpiresAt > old.ExpiresAt))
        || old.Conditions.Any(condition => !after.Conditions.Contains(condition));

    private IEnumerable<Assignment> NewGrants(OracleTenant next) => next.Grants
        .Where(one => !tenant.Grants.Any(old => old.Principal == one.Principal && old.Grant.Equals(one.Grant with { Id = old.Grant.Id, GrantedBy = old.Grant.GrantedBy, GrantedAt = old.Grant.GrantedAt })))
        .Select(one => one.Grant);

    private static bool Same(RoleDefinition? old, RoleDefinition role) => old is not null
        && (old.Name, old.DisplayName, old.Description, old.Level, old.IsActive) == (role.Name, role.DisplayName, role.Description, role.Level, role.IsActive)
        && old.Permissions.SequenceEqual(role.Permissions) && old.Parents.SequenceEqual(role.Parents);

    private bool MayMake(SubjectId by, OracleTenant next, RoleDefinition? old, RoleDefinition role) =>
        (old is null || IsInBounds(by, tenant, old, AttributeBag.Empty)) && IsInBounds(by, next, role, AttributeBag.Empty)
        && (Holds(by, "authz.roles:escalate", AttributeBag.Empty) || HoldsAll(by, next, role, AttributeBag.Empty));

    private bool MayGive(SubjectId by, OracleTenant at, RoleDefinition role, AttributeBag scope)
    {
        var isBindable = !role.IsSystem && Gives(at, role).All(permission => permission.Resource != Everything && !permission.Resource.StartsWith("authz.", StringComparison.Ordinal));
        return IsInBounds(by, at, role, scope)
            && (!role.IsSystem || Holds(by, "authz.system_roles:assign", scope))
            && (Holds(by, "authz.roles:escalate", scope) || (isBindable && Holds(by, "authz.roles:bind", scope)) || HoldsAll(by, at, role, scope));
    }

    private bool IsInBounds(SubjectId by, OracleTenant at, RoleDefinition role, AttributeBag scope) =>
        role.Level <= LevelOf(by, scope) && (Gives(at, role).All(permission => permission.ToString() != Everything) || Holds(by, Everything, scope));

    private bool HoldsAll(SubjectId by, OracleTenant at, RoleDefinition role, AttributeBag scope) => Gives(at, role).All(permission => Holds(by, permission.ToString(), scope));

    private bool Holds(SubjectId by, string permission, AttributeBag scope) =>
        IsWithin(permission, NarrowedTo(by)) && HeldBy(by).Any(held => Covers(held, (permission, scope)));

    private bool May(SubjectId by, string permission, AttributeBag scope) => IsWithin(permission, NarrowedTo(by)) && (tenant.Administrators.Contains(by) || Oracle.Decide(
        tenant.Model(), tenant.SubjectOf(by), tenant.Entities, new AccessRequest { Subject = by, Permission = Permission.Parse(permission), ResourceProperties = scope }, now).IsAllowed);

    private static bool IsWithin(AttributeBag scope, AttributeBag outer) => outer.All(key => scope.TryGet(key.Key, out var value) && value == key.Value);

    private IEnumerable<Assignment> GrantsOf(SubjectId subject)
    {
        var teams = tenant.Members.Where(one => one.Member == subject).Select(one => SubjectId.Team(one.Team)).ToList();
        return tenant.Grants.Where(one => one.Principal == subject || teams.Contains(one.Principal)).Select(one => one.Grant);
    }

    private IEnumerable<Assignment> Counting(SubjectId subject) => GrantsOf(subject).Where(grant =>
        !grant.IsSuspended && !(grant.StartsAt > now) && !(grant.ExpiresAt <= now) && grant.Conditions.IsEmpty && Role(grant) is { IsActive: true });

    private RoleDefinition? Role(Assignment grant) => tenant.Find(grant.Role.Value);

    private IEnumerable<OraclePermission> Certain(RoleDefinition role) => !role.IsActive ? [] : Own(role).Concat(role.Parents
        .Where(edge => edge.Type is InheritanceType.Full or InheritanceType.Partial && tenant.Find(edge.Parent.Value) is not null)
        .SelectMany(edge => Passing(edge, Certain(tenant.Find(edge.Parent.Value)!)))).Distinct();

    private static IEnumerable<OraclePermission> Gives(OracleTenant at, RoleDefinition role) => Own(role).Concat(role.Parents
        .Where(edge => edge.Type != InheritanceType.None && at.Find(edge.Parent.Value) is not null)
        .SelectMany(edge => Passing(edge, Gives(at, at.Find(edge.Parent.Value)!)))).Distinct();

    private static IEnumerable<OraclePermission> Own(RoleDefinition role) => role.Permissions.Select(permission => OraclePermission.Read(permission.ToString())!);

    private static IEnumerable<OraclePermission> Passing(ParentEdge edge, IEnumerable<OraclePermission> all) => edge.Type != InheritanceType.Partial ? all
        : all.Where(has => edge.Patterns.Select(pattern => OraclePermission.Read(pattern.ToString())!).Any(to => to.Matches(has) && to.Scope >= has.Scope));
}
