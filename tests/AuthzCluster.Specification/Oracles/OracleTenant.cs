using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Oracles;

/// <summary>A tenant as the contract speaks of it, changed as naively as it reads: no checks but that a thing is there and no role above itself.</summary>
public sealed class OracleTenant
{
    private readonly IReadOnlyList<string> _packs;

    private OracleTenant(IReadOnlyList<string> packs) => (_packs, BuiltIn) = (packs, PackRoles.Of(packs));

    /// <summary>The built-in roles.</summary>
    public IReadOnlyList<RoleDefinition> BuiltIn { get; }

    /// <summary>The custom roles.</summary>
    public List<RoleDefinition> Roles { get; private init; } = [];

    /// <summary>Who was given what, teams among them.</summary>
    public List<(SubjectId Principal, Assignment Grant)> Grants { get; private init; } = [];

    /// <summary>Who is in which team.</summary>
    public HashSet<(SubjectId Member, string Team)> Members { get; private init; } = [];

    /// <summary>Who is a super_admin of <c>system</c>.</summary>
    public HashSet<SubjectId> Administrators { get; private init; } = [];

    /// <summary>The API keys.</summary>
    public List<OracleKey> Keys { get; private init; } = [];

    /// <summary>Of which roles nobody may hold more than so many together, by id.</summary>
    public Dictionary<string, (IReadOnlyList<RoleId> Roles, int Max)> Constraints { get; private init; } = [];

    /// <summary>A tenant without anything of its own.</summary>
    public static OracleTenant Of(IReadOnlyList<string> packs) => new(packs);

    /// <summary>What a case sets up.</summary>
    public static OracleTenant Of(AuthzCase test)
    {
        var world = Cases.CaseWorld.Of(test);
        var principals = test.Assignments.Select(one => one.Draft.Principal).Distinct();
        var tenant = new OracleTenant(test.Packs)
        {
            Roles = [.. world.Model.Roles.Values],
            Grants = [.. principals.SelectMany(who => who.IsTeam ? world.Model.TeamGrants[who.Id] : world.SubjectOf(who).Live, (who, grant) => (who, grant))],
            Members = [.. test.Memberships],
            Administrators = [.. test.Administrators],
            Entities = world.Entities,
            Policies = world.Model.Policies,
        };
        foreach (var constraint in test.Constraints)
        {
            tenant.Constrain(constraint);
        }
        return tenant;
    }

    /// <summary>What is stored of subjects and resources.</summary>
    public IReadOnlyDictionary<EntityId, AttributeBag> Entities { get; private init; } = new Dictionary<EntityId, AttributeBag>();

    /// <summary>The tenant's policies.</summary>
    public ImmutableDictionary<string, PolicyDefinition> Policies { get; private init; } = ImmutableDictionary<string, PolicyDefinition>.Empty;

    /// <summary>Another one, the same for now.</summary>
    public OracleTenant Copy() => new(_packs)
    {
        Roles = [.. Roles], Grants = [.. Grants], Members = [.. Members], Keys = [.. Keys], Administrators = Administrators, Entities = Entities, Policies = Policies,
        Constraints = new(Constraints),
    };

    /// <summary>By id, then by name; null: none.</summary>
    public RoleDefinition? Find(string idOrName) => BuiltIn.Concat(Roles).FirstOrDefault(role => role.Id.Value == idOrName)
        ?? BuiltIn.Concat(Roles).FirstOrDefault(role => role.Name == idOrName);

    /// <summary>The model as decisions take it.</summary>
    public TenantModel Model() => new()
    {
        Id = TenantId.Default,
        DisplayName = "oracle",
        Packs = [.. _packs],
        Roles = Roles.ToImmutableDictionary(role => role.Id),
        Policies = Policies,
        TeamGrants = Grants.Where(one => one.Principal.IsTeam).GroupBy(one => one.Principal.Id)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Select(one => one.Grant).ToImmutableArray(), StringComparer.Ordinal),
    };

    /// <summary>What a subject has, as decisions take it.</summary>
    public SubjectAssignments SubjectOf(SubjectId subject) => new()
    {
        Revision = 1,
        Live = [.. Grants.Where(one => one.Principal == subject).Select(one => one.Grant)],
        Teams = [.. Members.Where(one => one.Member == subject).Select(one => one.Team).Order(StringComparer.Ordinal)],
    };

    /// <summary>Does it, whoever asks. Null: done; else an error code, and the tenant is of no more use.</summary>
    public string? Apply(AdminAct act, DateTimeOffset now)
    {
        switch (act)
        {
            case AdminAct.CreateRole create:
                return Put(null, create.Draft) ?? Broken(null, create.Draft.Name)
                    ?? All(create.Draft.AssignedTo.Distinct(), principal => Give(Find(create.Draft.Name)!, new AssignmentDraft(principal), now));
            case AdminAct.ReplaceRole replace:
                return Custom(replace.Role, out var replaced) ?? Put(replaced, replace.Draft) ?? Broken(replaced, replace.Draft.Name);
            case AdminAct.DeleteRole delete:
                return Custom(delete.Role, out var deleted) ?? Delete(deleted!, delete.Force, now);
            case AdminAct.AddPermission add:
                return Custom(add.Role, out var wider) ?? Put(wider! with { Permissions = Sorted(wider!.Permissions.Add(Permission.Parse(add.Permission))) });
            case AdminAct.RemovePermission remove:
                return Custom(remove.Role, out var narrower)
                    ?? (narrower!.Permissions.Contains(Permission.Parse(remove.Permission)) ? Put(narrower with { Permissions = narrower.Permissions.Remove(Permission.Parse(remove.Permission)) }) : "not_found");
            case AdminAct.PutParent put:
                return Custom(put.Role, out var child) ?? (Find(put.Parent.Role) is null ? "role_not_found" : Put(child! with { Parents = Edges([.. child!.Parents.Where(edge => edge.Parent != Find(put.Parent.Role)!.Id), Edge(put.Parent)]) }) ?? Broken(child, child.Name));
            case AdminAct.RemoveParent remove:
                return Custom(remove.Role, out var orphan)
                    ?? (orphan!.Parents.FirstOrDefault(edge => edge.Parent == Find(remove.Parent)?.Id) is { } edge ? Put(orphan with { Parents = orphan.Parents.Remove(edge) }) : "not_found");
            case AdminAct.Assign assign:
                return Find(assign.Role) is { } given ? Give(given, assign.Draft, now) : "role_not_found";
            case AdminAct.Revoke revoke:
                return Find(revoke.Role) is not { } taken ? "role_not_found"
                    : Grants.RemoveAll(one => one.Principal == revoke.Principal && one.Grant.Role == taken.Id && one.Grant.IsLiveAt(now)
                        && (revoke.Scope is null || one.Grant.Scope.Equals(revoke.Scope))) > 0 ? null : "assignment_not_found";
            case AdminAct.PatchAssignment patch:
                return Patch(patch, now);
            case AdminAct.JoinTeam join:
                Members.Add((join.Member, join.Team));
                return null;
            case AdminAct.LeaveTeam leave:
                return Members.Remove((leave.Member, leave.Team)) ? null : "not_found";
            case AdminAct.ImportRoles import:
                return All(import.Roles, draft => Put(Roles.Find(role => role.Name == draft.Name), draft)) ?? All(import.TeamGrants, Row);
            case AdminAct.ImportAssignments import:
                return All(import.Rows, Row);
            case AdminAct.CreateKey key:
                Keys.Add(new OracleKey(key.Label, key.Permissions is null ? null : [.. Sorted(key.Permissions.Select(Permission.Parse)).Select(one => one.ToString())]));
                return All(key.Roles.Distinct(), role => Row(new AssignmentRow(role, new AssignmentDraft(IssuedKeys.Named(key.Label)) { ExpiresAt = key.ExpiresAt })));
            case AdminAct.RotateKey rotate:
                return Keys.Exists(key => key.Label == rotate.Label) ? null : "not_found";
            case AdminAct.CreateConstraint constrain:
                return Constrain(constrain.Draft);
            case AdminAct.DeleteConstraint delete:
                return Constraints.Remove(delete.Id) ? null : "not_found";
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act, "no such act");
        }

        string? Row(AssignmentRow row) => Find(row.Role) is { } role ? Give(role, row.Draft, now) : "validation_failed";
    }

    /// <summary>Whether somebody holds more of some roles than a constraint allows: by whatever assignment or team, of the role or of one that inherits from it.</summary>
    public bool IsInConflict(DateTimeOffset now)
    {
        return Grants.Select(one => one.Principal).Concat(Members.Select(one => one.Member)).Where(who => !who.IsTeam).Distinct()
            .Select(who => Grants.Where(one => (one.Principal == who || Members.Any(of => of.Member == who && SubjectId.Team(of.Team) == one.Principal)) && one.Grant.IsLiveAt(now))
                .SelectMany(one => WithAbove(one.Grant.Role)).ToHashSet())
            .Any(held => Constraints.Values.Any(constraint => constraint.Roles.Count(held.Contains) > constraint.Max));

        IEnumerable<RoleId> WithAbove(RoleId role) =>
            Find(role.Value) is { } known ? known.Parents.Where(edge => edge.Type != InheritanceType.None).SelectMany(edge => WithAbove(edge.Parent)).Prepend(role) : [];
    }

    private string? Constrain(ConstraintDraft draft)
    {
        if (Constraints.ContainsKey(draft.Id!))
        {
            return "invalid_state";
        }
        var roles = draft.Roles!.Select(role => Find(role!)?.Id).Distinct().ToList();
        if (roles.Exists(role => role is null) || draft.Max < 1 || draft.Max >= roles.Count)
        {
            return "validation_failed";
        }
        Constraints.Add(draft.Id!, ([.. roles.Select(role => role!.Value)], draft.Max!.Value));
        return null;
    }

    private static string? All<T>(IEnumerable<T> things, Func<T, string?> apply) => things.Select(apply).FirstOrDefault(error => error is not null);

    private string? Patch(AdminAct.PatchAssignment act, DateTimeOffset now)
    {
        var index = Find(act.Role) is { } role
            ? Grants.FindIndex(one => one.Principal == act.Principal && one.Grant.Role == role.Id && one.Grant.Scope.Equals(act.Scope) && one.Grant.IsLiveAt(now)) : -1;
        if (index < 0)
        {
            return "assignment_not_found";
        }
        var (old, patch) = (Grants[index].Grant, act.Patch);
        var next = old with
        {
            IsSuspended = patch.IsActive == false || (patch.IsActive is null && old.IsSuspended),
            StartsAt = patch.StartsAt is { } start ? start.Value : old.StartsAt,
            ExpiresAt = patch.ExpiresAt is { } end ? end.Value : old.ExpiresAt,
            Conditions = patch.Conditions is { } conditions ? [.. conditions] : old.Conditions,
        };
        Grants[index] = (act.Principal, next);
        return next.StartsAt >= next.ExpiresAt ? "validation_failed" : null;
    }

    // resource:action:scope, of which the scope is one of four, or the beginning of one.
    private static bool NamesNoScope(string pattern) =>
        pattern.Split(':') is { Length: > 2 } parts && (parts.Length > 3
            || !new[] { "own", "team", "customer", "*" }.Any(scope => parts[2] == scope || (parts[2].EndsWith('*') && scope.StartsWith(parts[2][..^1], StringComparison.Ordinal))));

    private string? Custom(string idOrName, out RoleDefinition? role)
    {
        role = Find(idOrName);
        return role is null ? "role_not_found" : role.IsSystem ? "system_role_protected" : null;
    }

    private string? Put(RoleDefinition? old, RoleDraft draft)
    {
        if (draft.Parents.Any(parent => Find(parent.Role) is null) || draft.Policies.SelectMany(policy => policy.Resources).Any(NamesNoScope))
        {
            return "validation_failed";
        }
        if (BuiltIn.Concat(Roles).Any(one => one.Id != old?.Id && (one.Name == draft.Name || one.Id.Value == draft.Name)))
        {
            return "role_already_exists";
        }
        var edges = Edges(draft.Parents.Select(Edge));
        return Put(new RoleDefinition
        {
            Id = old?.Id ?? new RoleId(draft.Id ?? draft.Name),
            Name = draft.Name,
            DisplayName = draft.Name,
            Description = draft.Description,
            Permissions = Sorted(draft.Permissions.Select(Permission.Parse)),
            Parents = edges,
            Level = draft.Level ?? edges.Select(edge => Find(edge.Parent.Value)!.Level).DefaultIfEmpty(0).Max(),
            IsActive = draft.IsActive,
        });
    }

    private string? Put(RoleDefinition role)
    {
        Roles.RemoveAll(one => one.Id == role.Id);
        Roles.Add(role);
        return Above(role, 0) ? "circular_hierarchy" : null;

        bool Above(RoleDefinition at, int depth) => depth > 20 || at.Parents.Any(edge => edge.Parent == role.Id || (Find(edge.Parent.Value) is { } parent && Above(parent, depth + 1)));
    }

    // The rules of a hierarchy that an edit could break: of a new parent, of the longest chain, of levels.
    private string? Broken(RoleDefinition? old, string name)
    {
        var role = Find(name)!;
        if (role.Parents.Any(edge => !Find(edge.Parent.Value)!.IsActive && old?.Parents.Any(had => had.Parent == edge.Parent) != true))
        {
            return "parent_inactive";
        }
        var pairs = BuiltIn.Concat(Roles).SelectMany(child => child.Parents, (child, edge) => (Child: child, Edge: edge, Parent: Find(edge.Parent.Value)!)).ToList();
        if (BuiltIn.Concat(Roles).Any(one => Height(one) > 10))
        {
            return "hierarchy_too_deep";
        }
        return pairs.Any(pair => (pair.Child.Id == role.Id || pair.Parent.Id == role.Id) && pair.Edge.Type != InheritanceType.None && pair.Child.Level < pair.Parent.Level)
            ? "level_inconsistent" : null;

        int Height(RoleDefinition one) => 1 + one.Parents.Select(edge => Height(Find(edge.Parent.Value)!)).DefaultIfEmpty(0).Max();
    }

    private string? Delete(RoleDefinition role, bool force, DateTimeOffset now)
    {
        if (!force && Grants.Any(one => one.Grant.Role == role.Id && one.Grant.IsLiveAt(now)))
        {
            return "role_in_use";
        }
        Grants.RemoveAll(one => one.Grant.Role == role.Id);
        Roles.RemoveAll(one => one.Id == role.Id);
        foreach (var (id, constraint) in Constraints.Where(one => one.Value.Roles.Contains(role.Id)).ToList())
        {
            Constraints[id] = ([.. constraint.Roles.Where(one => one != role.Id)], constraint.Max);
            if (Constraints[id].Roles.Count <= constraint.Max)
            {
                Constraints.Remove(id);
            }
        }
        for (var i = 0; i < Roles.Count; i++)
        {
            Roles[i] = Roles[i] with { Parents = Roles[i].Parents.RemoveAll(edge => edge.Parent == role.Id) };
        }
        return null;
    }

    private string? Give(RoleDefinition role, AssignmentDraft draft, DateTimeOffset now)
    {
        var index = Grants.FindIndex(one => one.Principal == draft.Principal && one.Grant.Role == role.Id && one.Grant.Scope.Equals(draft.Scope) && one.Grant.IsLiveAt(now));
        var grant = new Assignment
        {
            Id = index < 0 ? $"given-{Grants.Count}" : Grants[index].Grant.Id,
            Role = role.Id,
            Scope = draft.Scope,
            Conditions = [.. draft.Conditions],
            StartsAt = draft.StartsAt,
            ExpiresAt = draft.ExpiresAt,
            IsSuspended = index >= 0 && Grants[index].Grant.IsSuspended,
            GrantedBy = "",
        };
        if (index < 0)
        {
            Grants.Add((draft.Principal, grant));
        }
        else
        {
            Grants[index] = (draft.Principal, grant);
        }
        return null;
    }

    private ParentEdge Edge(ParentDraft parent) => new(Find(parent.Role)!.Id, parent.Type)
    {
        Patterns = Sorted(parent.Permissions.Select(Permission.Parse)),
        Conditions = [.. parent.Conditions],
    };

    private static ImmutableArray<ParentEdge> Edges(IEnumerable<ParentEdge> edges) => [.. edges.OrderBy(edge => edge.Parent.Value, StringComparer.Ordinal)];

    private static ImmutableArray<Permission> Sorted(IEnumerable<Permission> permissions) => [.. permissions.Distinct().Order()];
}
