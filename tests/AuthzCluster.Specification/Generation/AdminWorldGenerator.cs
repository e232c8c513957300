using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Generation;

/// <summary>
/// Makes tenants in which a few callers have limited rights, and what they then try. Small and crowded: most acts are
/// near the border of what their caller may.
/// </summary>
public sealed class AdminWorldGenerator
{
    public static readonly SubjectId[] Callers = [SubjectId.User("alice"), SubjectId.User("bob"), SubjectId.User("carol")];

    public static readonly SubjectId[] Subjects = [.. Callers, SubjectId.User("mallory"), new("service", "alice")];

    public static readonly string[] Teams = ["red", "blue"];

    private static readonly string[] Things =
    [
        "invoices:read", "invoices:read:own", "invoices:read:customer", "invoices:*", "orders:read", "orders:update", "billing.eu:read", "billing.*:read",
        "authz.roles:read", "authz.audit:read", "authz.assignments:create", "*:read",
    ];

    private static readonly string[] Odd = ["*", "authz.*:*", "authz.roles:escalate", "authz.roles:bind", "authz.system_roles:assign", "*:list:own", "*:*:customer"];

    private static readonly string[] Office =
    [
        "authz.roles:create", "authz.roles:update", "authz.roles:delete", "authz.assignments:create", "authz.assignments:delete", "authz.teams:update", "authz.model:import",
        "authz.assignments:update", "authz.keys:create", "authz.keys:update", "authz.constraints:create", "authz.constraints:delete",
    ];

    private static readonly string[][] Limits = [["*"], ["authz.*:*"], ["authz.*:*", "*:read"], ["authz.*:*", "invoices:*", "orders:read"], [.. Office, "invoices:read"]];

    private static readonly Condition Owner = new("resource_owner", AttributeBag.Empty);

    private readonly Dice _dice;
    private readonly List<string> _roles = [];
    private readonly List<AdminAct> _done = [];
    private readonly List<SubjectId> _keys = [];
    private int _made;

    /// <summary>The world of a seed.</summary>
    public AdminWorldGenerator(int seed)
    {
        _dice = new Dice(seed);
        foreach (var act in MakeSetup(_dice.Below(4)))
        {
            _done.Add(act);
        }
        Setup = [.. _done];
    }

    /// <summary>What makes the tenant, done by the service itself.</summary>
    public IReadOnlyList<AdminAct> Setup { get; }

    /// <summary>A key was made: it is one of those who try, and of those who are given something.</summary>
    public void Made(AdminAct.CreateKey key) => _keys.Add(IssuedKeys.Named(key.Label));

    /// <summary>Somebody and what they try next.</summary>
    public (SubjectId By, AdminAct Act) Next()
    {
        var act = Act();
        var by = _dice.Chance(4) ? SubjectId.User("mallory") : _keys.Count > 0 && _dice.Chance(35) ? _dice.Of(_keys) : _dice.Of(Callers);
        // Rows of several subjects are applied in no order: none of them may be what the others are judged by.
        act = act is AdminAct.ImportAssignments import && import.Rows.Any(row => row.Draft.Principal == by || row.Draft.Principal.IsTeam)
            ? import with { Rows = [import.Rows[0]] } : act;
        _done.Add(act);
        return (by, act);
    }

    private IEnumerable<AdminAct> MakeSetup(int kind)
    {
        var all = _dice.Chance(10) ? Odd : [];
        for (var i = 0; i < 7; i++)
        {
            yield return new AdminAct.CreateRole(Role(Name(), [.. Things, .. all], _dice.Chance(70) ? 10 : 100));
        }
        for (var i = 0; i < 3; i++)
        {
            yield return new AdminAct.PutParent(Known(), Parent(Known()));
        }
        for (var i = 0; i < Callers.Length; i++)
        {
            var more = kind switch { 1 => ["authz.roles:bind"], 2 => ["authz.roles:escalate"], 3 => ["authz.system_roles:assign"], _ => Array.Empty<string>() };
            var rights = Office.Where(_ => _dice.Chance(75)).Concat(more.Where(_ => _dice.Chance(70))).Concat(Things.Where(_ => _dice.Chance(30))).ToList();
            yield return new AdminAct.CreateRole(new RoleDraft { Id = $"office{i}", Name = $"office{i}", Permissions = rights, Level = 10 * _dice.Below(10) });
            yield return new AdminAct.Assign($"office{i}", new AssignmentDraft(Callers[i]) { Scope = _dice.Chance(75) ? AttributeBag.Empty : Scope() });
            _roles.Add($"office{i}");
        }
        for (var i = 0; i < 10; i++)
        {
            yield return new AdminAct.Assign(_dice.Of(_roles), Draft(_dice.Chance(35) ? SubjectId.Team(_dice.Of(Teams)) : _dice.Of(Subjects)));
        }
        for (var i = 0; i < 3; i++)
        {
            yield return new AdminAct.JoinTeam(_dice.Of(Teams), _dice.Of(Subjects));
        }
        for (var i = 0; i < 3; i++)
        {
            yield return Patch() with { Patch = new AssignmentPatch { IsActive = false } };
        }
        foreach (var role in _roles.Where(_ => _dice.Chance(10)).ToList())
        {
            yield return new AdminAct.ReplaceRole(role, new RoleDraft { Name = role, Permissions = Some(Things), Level = 100, IsActive = false });
        }
    }

    private AdminAct Act() => _dice.Below(35) switch
    {
        0 or 1 => new AdminAct.CreateRole(Role(Name(), [.. Things, .. Odd], 60)),
        2 or 3 => Known() is var role && _dice.Chance(15) ? new AdminAct.ReplaceRole(role, Role(role, [.. Things, .. Odd], 100)) : new AdminAct.ReplaceRole(role, Role(role, Things, 60)),
        4 => new AdminAct.DeleteRole(Known(), _dice.Chance(50)),
        5 or 6 => new AdminAct.AddPermission(Known(), _dice.Chance(15) ? _dice.Of(Odd) : _dice.Of(Things)),
        7 => _dice.Chance(50) && Of<AdminAct.AddPermission>() is { } added ? new AdminAct.RemovePermission(added.Role, added.Permission) : Removal(),
        8 or 9 => new AdminAct.PutParent(Known(), Parent(_dice.Chance(20) ? BuiltIn() : Known())),
        10 or 29 => Of<AdminAct.PutParent>() is { } put ? new AdminAct.RemoveParent(put.Role, put.Parent.Role) : new AdminAct.RemoveParent(Known(), Known()),
        11 or 12 or 13 or 14 => new AdminAct.Assign(_dice.Chance(20) ? BuiltIn() : Known(), Draft(Principal())),
        15 => Of<AdminAct.Assign>() is { } given ? new AdminAct.Revoke(given.Role, given.Draft.Principal, _dice.Chance(70) ? given.Draft.Scope : null) : Import(),
        16 or 17 => new AdminAct.JoinTeam(_dice.Of(Teams), Subject()),
        18 => new AdminAct.LeaveTeam(_dice.Of(Teams), Subject()),
        19 or 28 => Import(),
        20 or 21 or 22 or 23 => Patch(),
        24 or 25 => new AdminAct.CreateKey($"k{_made++}", [.. _dice.Some(1, 2, KeyRole)], Limit(), _dice.Chance(10) ? Alphabet.Now.AddHours(2) : null),
        26 or 30 => _keys.Count > 0 ? new AdminAct.RotateKey(_dice.Of(_keys).Id) : Rows(),
        32 or 33 => new AdminAct.CreateConstraint(new ConstraintDraft { Id = $"c{_made}", Name = $"c{_made++}", Roles = [.. _dice.Some(2, 3, Known).Distinct()], Max = 1 }),
        34 => new AdminAct.DeleteConstraint(Of<AdminAct.CreateConstraint>()?.Draft.Id ?? "none"),
        27 => new AdminAct.CreateRole(Role(Name(), Things, 60) with { AssignedTo = [.. _dice.Some(1, 2, Principal)] }),
        _ => Rows(),
    };

    // One that was made, or tried: most of what is taken away should be there.
    private T? Of<T>() where T : AdminAct => _done.OfType<T>().ToList() is { Count: > 0 } all ? _dice.Of(all) : null;

    private SubjectId Subject() => _keys.Count > 0 && _dice.Chance(15) ? _dice.Of(_keys) : _dice.Of(Subjects);

    private SubjectId Principal() => _dice.Chance(20) ? SubjectId.Team(_dice.Of(Teams)) : Subject();

    // Most keys are made to administer, else they could try in vain only.
    private string KeyRole() => _dice.Chance(60) ? $"office{_dice.Below(Callers.Length)}" : _dice.Chance(10) ? BuiltIn() : Known();

    private string[]? Limit() => _dice.Chance(50) ? null : _dice.Of(Limits);

    private AdminAct.ImportAssignments Rows() =>
        new([.. _dice.Some(1, 3, () => new AssignmentRow(_dice.Chance(10) ? BuiltIn() : Known(), Draft(Principal())))], _dice.Chance(25));

    private AdminAct.PatchAssignment Patch()
    {
        var (role, draft) = Of<AdminAct.Assign>() is { } given && _dice.Chance(90) ? (given.Role, given.Draft) : (Known(), Draft(Principal()));
        return new AdminAct.PatchAssignment(role, draft.Principal, draft.Scope, _dice.Below(8) switch
        {
            0 or 1 => new AssignmentPatch { IsActive = true },
            2 => new AssignmentPatch { IsActive = false },
            3 => new AssignmentPatch { ExpiresAt = new(null) },
            4 => new AssignmentPatch { ExpiresAt = new(Alphabet.Now.AddHours(1 + _dice.Below(4))) },
            5 => new AssignmentPatch { StartsAt = new(_dice.Chance(50) ? null : Alphabet.Now.AddHours(_dice.Below(2))) },
            6 => new AssignmentPatch { Conditions = _dice.Chance(50) ? [] : [Owner] },
            _ => new AssignmentPatch { IsActive = _dice.Chance(70), ExpiresAt = new(Alphabet.Now.AddHours(1 + _dice.Below(4))), Conditions = [Owner] },
        });
    }

    private AdminAct.RemovePermission Removal() =>
        Of<AdminAct.CreateRole>() is { Draft: { Permissions.Count: > 0 } draft } ? new(draft.Name, _dice.Of(draft.Permissions)) : new(Known(), _dice.Of(Things));

    private AdminAct.ImportRoles Import()
    {
        List<RoleDraft> roles = [Role(Name(), Things, 60), .. _dice.Chance(50) ? [Role(Known(), Things, 100)] : Array.Empty<RoleDraft>()];
        return new AdminAct.ImportRoles(
            [.. roles.DistinctBy(role => role.Name)],
            _dice.Chance(70) ? [] : [new AssignmentRow(Known(), Draft(SubjectId.Team(_dice.Of(Teams))))]);
    }

    private RoleDraft Role(string name, IReadOnlyList<string> permissions, int highest) => new()
    {
        Id = name,
        Name = name,
        Permissions = Some(permissions),
        Parents = [.. _dice.Some(0, 2, () => _roles.Count == 0 || _dice.Chance(60) ? null : Parent(Known())).OfType<ParentDraft>().Where(parent => parent.Role != name).DistinctBy(parent => parent.Role)],
        Level = Math.Min(highest, 10 * _dice.Below(11)),
        IsActive = !_dice.Chance(10),
    };

    private List<string> Some(IReadOnlyList<string> permissions) => [.. _dice.Some(0, 3, () => _dice.Of(permissions)).Distinct()];

    private ParentDraft Parent(string role) => _dice.Below(6) switch
    {
        0 => new ParentDraft(role, InheritanceType.None),
        1 or 2 => new ParentDraft(role, InheritanceType.Partial) { Permissions = [_dice.Of(["invoices:*", "*:read", "*", "authz.*:*"])] },
        3 => new ParentDraft(role, InheritanceType.Conditional) { Conditions = [Owner] },
        _ => new ParentDraft(role),
    };

    private AssignmentDraft Draft(SubjectId principal) => new(principal)
    {
        Scope = _dice.Chance(55) ? AttributeBag.Empty : Scope(),
        Conditions = _dice.Chance(10) ? [Owner] : [],
        StartsAt = _dice.Chance(5) ? Alphabet.Now.AddHours(1) : null,
        ExpiresAt = _dice.Chance(10) ? Alphabet.Now.AddHours(2) : null,
    };

    private AttributeBag Scope() => _dice.Below(5) switch
    {
        0 => AttributeBag.Of(("region", Alphabet.Text("us"))),
        1 => AttributeBag.Of(("region", Alphabet.Text("eu")), ("unit", Alphabet.Number(1))),
        2 => AttributeBag.Of(("customer_id", Alphabet.Text("c1"))),
        _ => AttributeBag.Of(("region", Alphabet.Text("eu"))),
    };

    private string Name()
    {
        var name = $"r{_made++}";
        _roles.Add(name);
        return name;
    }

    private string Known() => _dice.Of(_roles);

    private string BuiltIn() => _dice.Of(["viewer", "viewer", "user_manager", "tenant_admin", "super_admin"]);
}
