using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Administration;

/// <summary>
/// What a caller holds in a tenant at an instant, for the rules on what it may do and pass on. Immutable; read anew
/// inside each turn that writes. A scope that is asked about is that of the grant in question; empty: everywhere.
/// </summary>
public sealed class CallerRights
{
    private const string CustomerKey = "customer_id";

    /// <summary>The rights of the service itself: no rule refuses it.</summary>
    public static readonly CallerRights All = new(null, null, holdsAll: true, null, default, AttributeBag.Empty);

    /// <summary>The role of who administers everything, in <c>system</c>.</summary>
    public static readonly RoleId SuperAdmin = new("role_super_admin");

    private readonly CompiledTenant? _tenant;
    private readonly SubjectGrants? _grants;
    private readonly BoundGrant[] _counting;
    private readonly bool _holdsAll;
    private readonly IReadOnlyList<Permission>? _narrowedTo;
    private readonly DateTimeOffset _now;
    private readonly AttributeBag _properties;

    private CallerRights(
        CompiledTenant? tenant, SubjectGrants? grants, bool holdsAll, IReadOnlyList<Permission>? narrowedTo, DateTimeOffset now, AttributeBag properties)
    {
        (_tenant, _grants, _holdsAll, _narrowedTo, _now, _properties) = (tenant, grants, holdsAll, narrowedTo, now, properties);
        _counting = tenant is null || grants is null ? []
            : Array.FindAll(grants.BindTo(tenant, now.UtcTicks).Grants, grant => grant.CountsAt(now.UtcTicks));
    }

    /// <summary>The rights of a caller.</summary>
    /// <param name="tenant">The tenant in question.</param>
    /// <param name="grants">What the caller holds there.</param>
    /// <param name="administersSystem">Whether it is a super_admin of <c>system</c>, who may all everywhere.</param>
    /// <param name="narrowedTo">What its credential is limited to; null: nothing.</param>
    /// <param name="now">When.</param>
    /// <param name="properties">What is stored of the caller as an entity.</param>
    public static CallerRights Of(
        CompiledTenant tenant, SubjectGrants grants, bool administersSystem, IReadOnlyList<Permission>? narrowedTo, DateTimeOffset now, AttributeBag properties) =>
        new(tenant, grants, administersSystem, narrowedTo, now, properties);

    /// <summary>Whether nobody else has the final word: no outside engine of the tenant, or not about this caller.</summary>
    public bool IsFinal => _holdsAll || _tenant?.FinalWord is null;

    /// <summary>Whether a subject holds super_admin in <paramref name="system"/>, itself or by a team, without scope or condition.</summary>
    public static bool AdministersSystem(CompiledTenant system, SubjectGrants grants, DateTimeOffset now) =>
        Array.Exists(
            grants.BindTo(system, now.UtcTicks).Grants,
            grant => grant.Role.Definition is { IsSystem: true } role && role.Id == SuperAdmin && grant.CountsAt(now.UtcTicks) && !grant.Assignment.IsConditional);

    /// <summary>Whether a credential that is narrowed to some permissions may use another at all.</summary>
    public static bool IsWithin(IReadOnlyList<Permission>? narrowedTo, Permission permission) =>
        narrowedTo is null || narrowedTo.Any(limit => limit.Covers(permission));

    /// <summary>
    /// Whether the caller may use a permission on grants of a scope, as the engine decides it: the scope is what the resource says. No outside engine is asked:
    /// a grant that hangs on one does not count, a denial that does holds, and its final word was asked for at the door.
    /// </summary>
    public bool May(Permission permission, AttributeBag? scope = null) =>
        IsWithin(_narrowedTo, permission) && (_holdsAll || DecisionEngine.DecideHere(
            _tenant!, _grants!, Question(_grants!.Subject, permission, scope) with { SubjectProperties = _properties }, _now).IsAllowed);

    /// <summary>Whether the caller may use a permission in some scope or circumstance; which, is asked later.</summary>
    public bool MaySomewhere(Permission permission)
    {
        if (!IsWithin(_narrowedTo, permission))
        {
            return false;
        }
        if (_holdsAll)
        {
            return true;
        }
        var keys = _tenant!.Table.Resolve(permission, stackalloc int[_tenant.Table.RoomFor(permission)]);
        foreach (ref readonly var grant in _counting.AsSpan())
        {
            if (grant.Role.Possible.Match(keys).MoveNext())
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the caller holds all of a permission, unconditionally, in a scope not narrower than <paramref name="scope"/>.</summary>
    public bool Covers(Permission permission, AttributeBag scope)
    {
        if (!IsWithin(_narrowedTo, permission))
        {
            return false;
        }
        if (_holdsAll)
        {
            return true;
        }
        var keys = _tenant!.Table.Resolve(permission, stackalloc int[_tenant.Table.RoomFor(permission)]);
        foreach (ref readonly var grant in _counting.AsSpan())
        {
            if (!Reaches(grant, scope))
            {
                continue;
            }
            foreach (var held in grant.Role.Certain.Match(keys))
            {
                if (held.Scope >= permission.Scope && !IsOtherCustomers(held, permission, grant, scope))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Whether the caller's credential may use a permission at all.</summary>
    public bool Allows(Permission permission) => IsWithin(_narrowedTo, permission);

    /// <summary>Whether the caller is in a team. The service itself is in none.</summary>
    public bool IsIn(string team) => _grants?.IsIn(team) ?? false;

    /// <summary>
    /// Whether some names mean the caller: its own (<c>TYPE:ID</c>), a team's that it is in, or that of a role (<c>role:NAME</c>, or its id) which it
    /// holds in a scope, itself or by inheritance, without conditions. All mean the service itself.
    /// </summary>
    public bool IsAmong(IReadOnlyCollection<string> names, AttributeBag scope) =>
        _grants is null || _grants.Principals.Any(own => names.Contains(own, StringComparer.Ordinal))
        || Array.Exists(_counting, grant => Reaches(grant, scope) && IsNamed(grant.Role, names));

    /// <summary>Whether the caller holds everything in a scope.</summary>
    public bool HoldsEverything(AttributeBag scope) => Covers(Permission.Everything, scope);

    /// <summary>The highest level of the roles that the caller holds, unconditionally, in a scope; -1: none.</summary>
    public int LevelIn(AttributeBag scope)
    {
        var level = _holdsAll ? RoleRules.HighestLevel : -1;
        foreach (ref readonly var grant in _counting.AsSpan())
        {
            level = grant.Role.Definition.Level > level && Reaches(grant, scope) ? grant.Role.Definition.Level : level;
        }
        return level;
    }

    /// <summary>What the engine is asked of a caller.</summary>
    public static AccessRequest Question(SubjectId caller, Permission permission, AttributeBag? scope) =>
        new() { Subject = caller, Permission = permission, ResourceProperties = scope ?? AttributeBag.Empty };

    private static bool IsNamed(CompiledRole role, IReadOnlyCollection<string> names) =>
        names.Contains(role.PrincipalText, StringComparer.Ordinal) || names.Contains(CompiledRole.PrincipalType + role.Definition.Id, StringComparer.Ordinal)
        || Array.Exists(role.Edges, edge => edge.Conditions is null && IsNamed(edge.Parent, names));

    // A grant reaches a scope where all that it is limited to is said by the scope too.
    private static bool Reaches(in BoundGrant grant, AttributeBag scope) =>
        grant.Assignment.Definition.Conditions.IsEmpty && grant.Assignment.Definition.Scope.All(key => scope.TryGet(key.Key, out var value) && value == key.Value);

    // What is held for one's own customer does not cover what is given for a customer that the scope names.
    private static bool IsOtherCustomers(Permission held, Permission given, in BoundGrant grant, AttributeBag scope) =>
        held.Scope == PermissionScope.Customer && given.Scope == PermissionScope.Customer
        && scope.TryGet(CustomerKey, out _) && !grant.Assignment.Definition.Scope.TryGet(CustomerKey, out _);
}
