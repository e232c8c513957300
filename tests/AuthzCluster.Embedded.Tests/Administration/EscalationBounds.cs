using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>
/// What a set of callers can bring about at most, known before the first of them tries anything: nothing of it looks at
/// who did what, or at how it was judged.
/// </summary>
internal sealed class EscalationBounds
{
    private const string Everything = "*";

    private readonly List<(string Permission, AttributeBag Scope)> _held;
    private readonly Dictionary<SubjectId, List<(string Permission, AttributeBag Scope)>> _possible;
    private readonly HashSet<string> _roles;
    private readonly List<(SubjectId Principal, Assignment Grant)> _grants;
    private readonly int _level;
    private readonly bool _mayEscalate, _mayBind, _mayAssignSystemRoles;

    public EscalationBounds(OracleTenant world, OracleGuard guard)
    {
        // Mallory tries too: whoever tries is a caller.
        SubjectId[] callers = [.. AdminWorldGenerator.Callers, SubjectId.User("mallory")];
        _held = [.. callers.SelectMany(guard.HeldBy).Distinct()];
        _possible = AdminWorldGenerator.Subjects.ToDictionary(subject => subject, subject => guard.PossibleFor(subject).ToList());
        _level = callers.SelectMany(caller => world.Grants.Select(one => one.Grant.Scope).Append(AttributeBag.Empty).Distinct(), guard.LevelOf).Max();
        (_mayEscalate, _mayBind, _mayAssignSystemRoles) = (Has("authz.roles:escalate"), Has("authz.roles:bind"), Has("authz.system_roles:assign"));
        _roles = [.. world.Roles.Select(role => AdminDigest.Of([role], [], [], []))];
        _grants = [.. world.Grants];
    }

    public string Kind => _mayEscalate ? "with escalate" : _mayBind ? "with bind" : "with neither";

    /// <summary>What is beyond the bounds.</summary>
    public IEnumerable<string> Breaches(OracleTenant world) => Holdings(world).Concat(Levels(world)).Concat(SystemRoles(world));

    private IEnumerable<string> Holdings(OracleTenant world)
    {
        var guard = new OracleGuard(world, AuthzCase.DefaultNow);
        var come = from subject in AdminWorldGenerator.Subjects.Concat(world.Keys.Select(key => key.Subject))
                   from has in guard.PossibleFor(subject).Distinct()
                   where !_possible.GetValueOrDefault(subject, []).Any(held => OracleGuard.Covers(held, has))
                   select (Who: subject, Has: has);
        // What is new, or gives more than it did, is of what callers held, whatever its principal could have had already.
        var given = from one in NewGrants(world)
                    from permission in guard.GivenBy(one.Grant)
                    select (Who: one.Principal, Has: (Permission: permission, one.Grant.Scope));
        return from one in come.Concat(given)
               where !_held.Any(held => OracleGuard.Covers(held, one.Has))
               where one.Has.Permission == Everything || !_mayEscalate
               where !_mayBind || one.Has.Permission.StartsWith("authz.", StringComparison.Ordinal) || one.Has.Permission.StartsWith('*')
               select $"{one.Who} came to {one.Has.Permission} in [{string.Join(' ', one.Has.Scope)}]";
    }

    private IEnumerable<string> Levels(OracleTenant world) => world.Roles
        .Where(role => role.Level > _level && !_roles.Contains(AdminDigest.Of([role], [], [], [])) && !IsCutOff(role))
        .Select(role => $"the role {role.Name} of level {role.Level} was changed")
        .Concat(NewGrants(world).Where(one => world.Find(one.Grant.Role.Value)!.Level > _level).Select(one => $"{one.Principal} was given {one.Grant.Role}, which is above all"));

    private IEnumerable<string> SystemRoles(OracleTenant world) => NewGrants(world)
        .Where(one => !_mayAssignSystemRoles && world.Find(one.Grant.Role.Value)!.IsSystem)
        .Select(one => $"{one.Principal} was given the system role {one.Grant.Role}");

    private IEnumerable<(SubjectId Principal, Assignment Grant)> NewGrants(OracleTenant world) =>
        world.Grants.Where(one => !one.Grant.IsSuspended && !_grants.Exists(old => old.Principal == one.Principal && old.Grant.Role == one.Grant.Role
            && old.Grant.Scope.Equals(one.Grant.Scope) && !OracleGuard.GivesMore(old.Grant, one.Grant)));

    // A role may lose an edge because its parent was deleted.
    private bool IsCutOff(Domain.Roles.RoleDefinition role) => _roles.Any(old => old.StartsWith(
        $"role {role.Name} {role.Level} {role.IsActive} [{string.Join(' ', role.Permissions)}] ", StringComparison.Ordinal));

    private bool Has(string right) => _held.Any(held => OracleGuard.Covers((held.Permission, AttributeBag.Empty), (right, AttributeBag.Empty)));
}
