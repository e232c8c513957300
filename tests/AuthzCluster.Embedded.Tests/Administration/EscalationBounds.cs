using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;

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
    private readonly HashSet<string> _grants;
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
        _roles = [.. world.Roles.Select(role => AdminDigest.Of([role], [], []))];
        _grants = [.. world.Grants.Select(one => AdminDigest.Of([], [one], []))];
    }

    public string Kind => _mayEscalate ? "with escalate" : _mayBind ? "with bind" : "with neither";

    /// <summary>What is beyond the bounds.</summary>
    public IEnumerable<string> Breaches(OracleTenant world) => Holdings(world).Concat(Levels(world)).Concat(SystemRoles(world));

    private IEnumerable<string> Holdings(OracleTenant world)
    {
        var guard = new OracleGuard(world, AuthzCase.DefaultNow);
        return from subject in AdminWorldGenerator.Subjects
               from has in guard.PossibleFor(subject).Distinct()
               where !_held.Concat(_possible[subject]).Any(held => OracleGuard.Covers(held, has))
               where has.Permission == Everything || !_mayEscalate
               where !_mayBind || has.Permission.StartsWith("authz.", StringComparison.Ordinal) || has.Permission.StartsWith('*')
               select $"{subject} came to {has.Permission} in [{string.Join(' ', has.Scope)}]";
    }

    private IEnumerable<string> Levels(OracleTenant world) => world.Roles
        .Where(role => role.Level > _level && !_roles.Contains(AdminDigest.Of([role], [], [])) && !IsCutOff(role))
        .Select(role => $"the role {role.Name} of level {role.Level} was changed")
        .Concat(NewGrants(world).Where(one => world.Find(one.Grant.Role.Value)!.Level > _level).Select(one => $"{one.Principal} was given {one.Grant.Role}, which is above all"));

    private IEnumerable<string> SystemRoles(OracleTenant world) => NewGrants(world)
        .Where(one => !_mayAssignSystemRoles && world.Find(one.Grant.Role.Value)!.IsSystem)
        .Select(one => $"{one.Principal} was given the system role {one.Grant.Role}");

    private IEnumerable<(SubjectId Principal, Assignment Grant)> NewGrants(OracleTenant world) =>
        world.Grants.Where(one => !_grants.Contains(AdminDigest.Of([], [one], [])));

    // A role may lose an edge because its parent was deleted.
    private bool IsCutOff(Domain.Roles.RoleDefinition role) => _roles.Any(old => old.StartsWith(
        $"role {role.Name} {role.Level} {role.IsActive} [{string.Join(' ', role.Permissions)}] ", StringComparison.Ordinal));

    private bool Has(string right) => _held.Any(held => OracleGuard.Covers((held.Permission, AttributeBag.Empty), (right, AttributeBag.Empty)));
}
